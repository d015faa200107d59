/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "common/timespan.h"
#include "input/kernel-command-line.h"
#include "unit.h"
#include "units/default-timeout.h"

#include <stdlib.h>

static void assert_word(const char *line, size_t index, const char *word) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };

        assert_int_equal(kernel_command_line_split(line, &words), 0);
        assert_true(index < words.count);
        assert_string_equal(words.items[index], word);
}

static void test_split(void **state) {
        (void)state;
        assert_word(" quiet\troot=/dev/sda1\n", 1, "root=/dev/sda1");
        assert_word("a=\"b c\" d", 0, "a=b c");
        assert_word("'a=b c' d", 1, "d");
        assert_word("a=\\x20b", 0, "a=\\x20b");
}

static void test_value(void **state) {
        (void)state;
        assert_string_equal(kernel_command_line_value("dadwait=no", "dadwait"), "no");
        assert_string_equal(kernel_command_line_value("a-b_c=1", "a_b-c"), "1");
        assert_string_equal(kernel_command_line_value("a=", "a"), "");
        assert_null(kernel_command_line_value("a", "a"));
        assert_null(kernel_command_line_value("ab=1", "a"));
        assert_null(kernel_command_line_value("a", "ab"));
}

static uint64_t default_with(const char *line) {
        uint64_t usec = 90;

        assert_int_equal(setenv("SYSTEMD_PROC_CMDLINE", line, 1), 0);
        assert_int_equal(default_timeout_override(&usec), 0);
        return usec;
}

static void test_default_timeout(void **state) {
        (void)state;
        assert_int_equal(default_with("quiet"), 90);
        assert_int_equal(default_with("systemd.default_timeout_start_sec=8"), 8000000);
        assert_int_equal(default_with("systemd.default-timeout-start-sec=\"1min 5s\""), 65000000);
        assert_int_equal(default_with("systemd.default_timeout_start_sec=0"), TIMESPAN_INFINITY);
        assert_int_equal(default_with("systemd.default_timeout_start_sec=8 "
                                      "systemd.default_timeout_start_sec=9s"),
                         9000000);
        assert_int_equal(default_with("systemd.default_timeout_start_sec=nonsense"), 90);
        assert_int_equal(default_with("systemd.default_timeout_start_sec"), 90);
        assert_int_equal(default_with("rd.systemd.default_timeout_start_sec=8"), 90);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_split),
                cmocka_unit_test(test_value),
                cmocka_unit_test(test_default_timeout),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
