/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-environment.h"

#include "common/cleanup.h"
#include "tree-fixture.h"
#include "units/unit-specifiers.h"

#include <stdio.h>
#include <string.h>

/* All assignments, each in brackets; valid until the next call. */
static const char *show(const struct string_list *environment) {
        static char all[512];

        all[0] = '\0';
        for (size_t i = 0; i < environment->count; i++)
                (void)snprintf(all + strlen(all), sizeof(all) - strlen(all), "[%s]",
                               environment->items[i]);
        return all;
}

static const char *parse_bytes(const char *text, size_t size) {
        CLEANUP(string_list_clear) struct string_list environment = { 0 };

        assert_int_equal(unit_environment_parse("/x", text, size, &environment), 0);
        return show(&environment);
}

static const char *parse(const char *text) {
        return parse_bytes(text, strlen(text));
}

/* Each was compared with load_env_file() of systemd 252. */
static void test_values(void **state) {
        (void)state;
        assert_string_equal(parse("A=1\nB = 2 3 \t\r\nC=\n"), "[A=1][B=2 3][C=]");
        assert_string_equal(parse("A=x \"y\" 'z'"), "[A=x \"y\" 'z']");
        assert_string_equal(parse("A='x' \"y\" z w "), "[A=xyz w]");
        assert_string_equal(parse("A=\"a\\\"b\\$c\\d\\\ne\"f\n"), "[A=a\"b$c\\def]");
        assert_string_equal(parse("A='a\\'b'\n"), "[A=a\\b']");
        assert_string_equal(parse("A=a\\nb\\\nc\\  \n"), "[A=anbc ]");
        assert_string_equal(parse("A=$B ${B} `c`\n"), "[A=$B ${B} `c`]");
        assert_string_equal(parse("A=x # y\n"), "[A=x # y]");
        assert_string_equal(parse("A=\"open\nB=1\n"), "[A=open\nB=1\n]");
        assert_string_equal(parse("A=1\nA=2\n"), "[A=2]");
}

static void test_lines(void **state) {
        (void)state;
        assert_string_equal(parse("# A=1\n; B=2\n  # C=3\n  D=4\n"), "[D=4]");
        assert_string_equal(parse("# A=1\\\nB=2\n"), "[B=2]"); /* since systemd 254 */
        assert_string_equal(parse("export A=1\n9B=1\nC-D=1\n=E=1\nF\nG=1\n"), "[G=1]");
        assert_string_equal(parse_bytes("A=1\0B=2", 7), "");
        assert_string_equal(parse(""), "");
}

static void test_limits(void **state) {
        CLEANUP(freep) char *text = calloc(3000, 16);

        (void)state;
        for (int i = 0; i < 3000; i++)
                (void)sprintf(text + strlen(text), "A%d=1\n", i);
        assert_null(strstr(parse(text), "A2500"));
}

static void set(struct unit_command *command, const char *key, const char *value) {
        const struct unit_assignment assignment = { .section = "Service",
                                                    .key = key,
                                                    .value = value,
                                                    .file = "/x",
                                                    .unit = "a@b.service" };

        assert_int_equal(unit_command_parse(&assignment, command), 0);
}

static void test_order(void **state) {
        CLEANUP(unit_command_clear) struct unit_command command = { 0 };
        CLEANUP(string_list_clear) struct string_list environment = { 0 }, files = { 0 };
        struct tree_fixture fixture = { 0 };

        (void)state;
        tree_fixture_open(&fixture);
        tree_fixture_write(&fixture, "/etc/1.env", "A=file\nB=file\nC=file\n");
        tree_fixture_write(&fixture, "/etc/2.env", "B=later\n");
        tree_fixture_write(&fixture, "/etc/b", "D=instance\n");
        set(&command, "EnvironmentFile", "/etc/[12].env");
        set(&command, "EnvironmentFile", "-/etc/missing");
        set(&command, "EnvironmentFile", "-%E/%i");
        set(&command, "EnvironmentFile", "relative");
        set(&command, "Environment", "A=1 E=1 F=%i 'G=1 2' bad-name=1 noassignment");
        set(&command, "Environment", "E=2 \"open");
        set(&command, "UnsetEnvironment", "C F=x G=1");
        assert_int_equal(unit_environment_read(&fixture.tree, &command, &environment, &files), 0);
        assert_string_equal(show(&environment), "[A=file][E=2][F=b][G=1 2][B=later][D=instance]");
        assert_int_equal(files.count, 4);
        tree_fixture_close(&fixture);
}

static const char *expand(const char *text, const char *unit) {
        CLEANUP(freep) char *expanded = NULL;
        static char copy[256];

        assert_int_equal(unit_specifiers_expand(text, unit, &expanded), 0);
        (void)snprintf(copy, sizeof(copy), "%s", expanded);
        return copy;
}

static void test_specifiers(void **state) {
        (void)state;
        assert_string_equal(expand("%n|%N|%p|%i|%j", "a-b@c-d.service"),
                            "a-b@c-d.service|a-b@c-d|a-b|c-d|b");
        assert_string_equal(expand("%P|%I|%J|%f", "a-b@c-d.service"), "a/b|c/d|b|/c/d");
        assert_string_equal(expand("%i|%f|%p", "a-b.service"), "|/a/b|a-b");
        assert_string_equal(expand("%t%S%C%L%E%h%u%%i", "a.service"),
                            "/run/var/lib/var/cache/var/log/etc/rootroot%i");
        assert_string_equal(expand("%H %1 %", "a.service"), "%H %1 %");
        assert_non_null(unit_specifiers_find_unknown("a%%Hb"));
        assert_null(unit_specifiers_find_unknown("%1 %i %"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_values),     cmocka_unit_test(test_lines),
                cmocka_unit_test(test_limits),     cmocka_unit_test(test_order),
                cmocka_unit_test(test_specifiers),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
