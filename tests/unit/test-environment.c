/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#include "formats/environment.h"

/* Reads @content as a file; returns the last value of NAME, valid until the next call. */
static const char *value_of(struct fixture *fixture, const char *content) {
        CLEANUP(string_list_clear) struct string_list environment = { 0 };
        static char value[256];
        const char *found;

        fixture_write(fixture, "/env", content);
        assert_int_equal(environment_read(&fixture->files.tree, "/env", &environment), 0);
        found = environment_get(&environment, "NAME");
        if (!found)
                return NULL;
        assert_true(strlen(found) < sizeof(value));
        return memcpy(value, found, strlen(found) + 1);
}

static void test_assignments(void **state) {
        assert_string_equal(value_of(*state, "NAME=value\n"), "value");
        assert_string_equal(value_of(*state, "NAME=value"), "value");
        assert_string_equal(value_of(*state, "  export\tNAME=value  \n"), "value");
        assert_string_equal(value_of(*state, "NAME=1\nNAME=2\n"), "2");
        assert_string_equal(value_of(*state, "NAME=\n"), "");
        assert_string_equal(value_of(*state, "A=1; NAME=2 && B=3\n"), "2");
        assert_string_equal(value_of(*state, "NAME=-g -N # fast\r\n"), "-g -N");
        assert_string_equal(value_of(*state, "NAME=a#b\n"), "a#b");
        assert_null(value_of(*state, "# NAME=value\n"));
        assert_null(value_of(*state, "MYNAME=value\nNAMES=value\n"));
        assert_null(value_of(*state, "export NAME\nNAME =value\necho NAME=value\n"));
        assert_null(value_of(*state, ""));
}

static void test_quoting(void **state) {
        assert_string_equal(value_of(*state, "NAME=\"-g -N\"\n"), "-g -N");
        assert_string_equal(value_of(*state, "NAME='a \"b\" $c \\d'\n"), "a \"b\" $c \\d");
        assert_string_equal(value_of(*state, "NAME=\"a \\\"b\\\" \\x\"\n"), "a \"b\" \\x");
        assert_string_equal(value_of(*state, "NAME=a\\ b\"c\"'d'\n"), "a bcd");
        assert_string_equal(value_of(*state, "NAME=\"a\nb;c # d\"\n"), "a\nb;c # d");
        assert_string_equal(value_of(*state, "NAME=a\\\nb\n"), "ab");
        assert_string_equal(value_of(*state, "NAME=\"never closed\n"), "never closed\n");
        assert_string_equal(value_of(*state, "A='x\nNAME=no\n'\nNAME=yes\n"), "yes");
}

static void test_expansion(void **state) {
        assert_string_equal(value_of(*state, "A=1\nNAME=$A-${A}-\"$A\"\n"), "1-1-1");
        assert_string_equal(value_of(*state, "NAME=-g\nNAME=\"$NAME -N\"\n"), "-g -N");
        assert_string_equal(value_of(*state, "NAME=a${UNSET}b\n"), "ab");
        assert_string_equal(value_of(*state, "NAME=5$\n"), "5$");
        assert_string_equal(value_of(*state, "A=1\nNAME='$A'\n"), "$A");
        assert_string_equal(value_of(*state, "A=1\nNAME=\\$A\n"), "$A");
}

/* What only a shell could tell is not guessed, and harms nothing else. */
static void test_substitutions_are_passed_over(void **state) {
        assert_null(value_of(*state, "NAME=$(hostname)\n"));
        assert_null(value_of(*state, "NAME=\"`hostname`\"\n"));
        assert_null(value_of(*state, "NAME=${OTHER:-default}\n"));
        assert_string_equal(value_of(*state, "A=$(b)\nNAME=1\n"), "1");
        assert_string_equal(value_of(*state, "NAME=1\nNAME=`b`\n"), "1");
}

static void test_prefix_is_cut(void **state) {
        assert_string_equal(value_of(*state, "A=/etc/x-y\nNAME=-${A##/etc/x-}\n"), "-y");
        assert_string_equal(value_of(*state, "A=/etc/x\nNAME=\"${A#/etc/x-}\"\n"), "/etc/x");
        assert_string_equal(value_of(*state, "NAME=1${A#x}\n"), "1");
        assert_null(value_of(*state, "A=/etc/x\nNAME=${A##*/}\n"));
        assert_null(value_of(*state, "A=/etc/x\nNAME=${A##$B}\n"));
        assert_null(value_of(*state, "A=1\nNAME=${A###1}\n"));
}

static void test_branches(void **state) {
        assert_string_equal(
                value_of(*state, "if [ \"a\" != 'a' ] ; then\n\tNAME=1\nelse\n\tNAME=2\nfi\n"),
                "2");
        assert_string_equal(value_of(*state, "A=a\nif [ $A = a ]; then NAME=1; else NAME=2; fi\n"),
                            "1");
        assert_string_equal(value_of(*state, "if [ -z \"$A\" ]\nthen NAME=1\nelif [ -n a ]\nthen "
                                             "NAME=2\nelse NAME=3\nfi\n"),
                            "1");
        assert_string_equal(value_of(*state, "if [ -n \"$A\" ]\nthen NAME=1\nelif [ -n a ]\nthen "
                                             "NAME=2\nelse NAME=3\nfi\n"),
                            "2");
        assert_string_equal(value_of(*state,
                                     "if [ a = b ]; then if [ a = a ]; then NAME=1\nfi; else "
                                     "NAME=2; fi; B=1\n"),
                            "2");
        assert_string_equal(value_of(*state, "if [ a = b ]; then :; fi\nNAME=1\n"), "1");
        /* What cannot be known may be true. */
        assert_string_equal(value_of(*state, "if [ -f /x ]; then NAME=1; fi\n"), "1");
        assert_string_equal(value_of(*state, "if [ a = b ] || x; then NAME=1; fi\n"), "1");
        assert_string_equal(value_of(*state, "fi\nelse\nNAME=1\n"), "1");
        assert_null(value_of(*state, "if [ a = b ]; then NAME=1; fi\n"));
}

static void test_limits(void **state) {
        CLEANUP(string_list_clear) struct string_list environment = { 0 };
        struct fixture *fixture = *state;
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);

        assert_non_null(out);
        (void)fputs("A=0123456789\n", out);
        for (int i = 0; i < 5000; i++)
                (void)fputs("A=$A$A$A$A\n", out);
        assert_int_equal(fclose(out), 0);
        fixture_write(fixture, "/env", text);
        assert_int_equal(environment_read(&fixture->files.tree, "/env", &environment), 0);
        assert_true(environment.count < 2000);
        assert_true(strlen(environment_get(&environment, "A")) < 200000);
}

static void test_too_many_open(void **state) {
        char text[40 * sizeof("if [ a = a ]; then\n") + sizeof("NAME=1\nNAME=2\n")];
        char *end = stpcpy(text, "NAME=1\n");

        for (int i = 0; i < 40; i++)
                end = stpcpy(end, "if [ a = a ]; then\n");
        (void)stpcpy(end, "NAME=2\n");
        assert_string_equal(value_of(*state, text), "1");
}

static void test_missing_file(void **state) {
        CLEANUP(string_list_clear) struct string_list environment = { 0 };
        struct fixture *fixture = *state;

        assert_int_equal(environment_read(&fixture->files.tree, "/missing", &environment), -ENOENT);
        assert_int_equal(environment.count, 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_assignments, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_quoting, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_expansion, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_substitutions_are_passed_over, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_prefix_is_cut, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_branches, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_limits, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_too_many_open, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_missing_file, fixture_setup, fixture_teardown),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
