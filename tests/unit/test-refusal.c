/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "refusal.h"
#include "unit.h"

#include <stdlib.h>

static void test_command_line(void **state) {
        (void)state;
        assert_false(refusal_on_command_line(""));
        assert_false(refusal_on_command_line("root=/dev/sda1 quiet"));
        assert_true(refusal_on_command_line("quiet dadwait=no"));
        assert_true(refusal_on_command_line("dadwait=0\n"));
        assert_true(refusal_on_command_line("dadwait=off quiet"));
        assert_false(refusal_on_command_line("dadwait=yes"));
        assert_false(refusal_on_command_line("dadwait=no dadwait=1"));
        assert_false(refusal_on_command_line("dadwait="));
        assert_false(refusal_on_command_line("dadwait"));
        assert_false(refusal_on_command_line("nodadwait=no"));
        assert_false(refusal_on_command_line("dadwait=noooooooooo"));
        assert_false(refusal_on_command_line("dadwait=no-such-word"));
}

static void set(const char *name, const char *value) {
        if (value)
                assert_int_equal(setenv(name, value, 1), 0);
        else
                assert_int_equal(unsetenv(name), 0);
}

static void test_reason(void **state) {
        (void)state;
        set("SYSTEMD_IN_INITRD", "0");
        set("SYSTEMD_SCOPE", "system");
        set("SYSTEMD_PROC_CMDLINE", "quiet");
        assert_null(refusal_reason());

        set("SYSTEMD_PROC_CMDLINE", "quiet dadwait=no");
        assert_string_equal(refusal_reason(), "dadwait=no on the kernel command line");

        set("SYSTEMD_SCOPE", "user");
        assert_string_equal(refusal_reason(), "this is a user manager");

        set("SYSTEMD_IN_INITRD", "1");
        assert_string_equal(refusal_reason(), "this is the initrd");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_command_line),
                cmocka_unit_test(test_reason),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
