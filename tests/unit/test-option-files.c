/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/directive-language.h"
#include "format-fixture.h"

#define CONFIG "/etc/memcached.conf"

static const char *found(void **state, const char *config, const char *argument) {
        struct fixture *fixture = *state;
        struct directive_language language = { 0 };
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments = fixture_list(&fixture->arguments, argument, NULL),
                .arguments_file = "/a.service",
                .language = &language,
        };
        const char *patterns;

        assert_int_equal(directive_language_apply(&language, "Option", "-l"), 0);
        assert_int_equal(directive_language_apply(&language, "Option", "--listen"), 0);
        assert_int_equal(directive_language_apply(&language, "Unless", "-s"), 0);
        assert_int_equal(directive_language_apply(&language, "Unless", "-p 0"), 0);
        fixture_write(fixture, CONFIG, config);
        patterns = fixture_read(fixture, option_files_read, &source);
        directive_language_clear(&language);
        return patterns;
}

static void test_options(void **state) {
        assert_string_equal(found(state, "-l 2001:db8::1\n", NULL), "2001:db8::1");
        assert_string_equal(found(state, " -m 64 -l2001:db8::1,192.0.2.1\n", NULL), "2001:db8::1");
        assert_string_equal(found(state, "--listen=2001:db8::1\n--listen [2001:db8::2]:1\n", NULL),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "-l \"2001:db8::1\"\n", NULL), "2001:db8::1");
        assert_string_equal(found(state, "-l\n2001:db8::1\n", NULL), "");
}

static void test_skipped_lines(void **state) {
        assert_string_equal(found(state, "# -l 2001:db8::1\n-m 64 # -l 2001:db8::2\n", NULL), "");
        assert_string_equal(found(state, "-l 2001:db8::1#x\n", NULL), "2001:db8::1");
        assert_string_equal(found(state, "listen -l 2001:db8::1\n", NULL), "");
        assert_string_equal(found(state, "-d -l 2001:db8::1\n-h -l 2001:db8::1\n", NULL), "");
}

static void test_command_line(void **state) {
        assert_string_equal(found(state, "-l 2001:db8::1\n", "-l2001:db8::2"),
                            "2001:db8::1 2001:db8::2");
}

static void test_unless(void **state) {
        assert_string_equal(found(state, "-l 2001:db8::1\n-s /run/socket\n", NULL), "");
        assert_string_equal(found(state, "-l 2001:db8::1\n", "-s/run/socket"), "");
        assert_string_equal(found(state, "-l 2001:db8::1\n-s\n", NULL), "");
        assert_string_equal(found(state, "-l 2001:db8::1\n-p 0\n", NULL), "");
        assert_string_equal(found(state, "-l 2001:db8::1\n-p 1\n", NULL), "2001:db8::1");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_options),
                TEST(test_skipped_lines),
                TEST(test_command_line),
                TEST(test_unless),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
