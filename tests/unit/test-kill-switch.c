/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "kill-switch.h"
#include "unit.h"

#include <stdbool.h>
#include <stdlib.h>

static void set(const char *name, const char *value) {
        if (value)
                assert_int_equal(setenv(name, value, 1), 0);
        else
                assert_int_equal(unsetenv(name), 0);
}

static bool is_off(const char *command_line) {
        const char *reason;

        set("SYSTEMD_PROC_CMDLINE", command_line);
        reason = kill_switch_reason();
        if (reason)
                assert_string_equal(reason, "dadwait=no on the kernel command line");
        return reason;
}

static void test_command_line(void **state) {
        (void)state;
        set("SYSTEMD_IN_INITRD", "0");
        set("SYSTEMD_SCOPE", "system");
        assert_false(is_off(""));
        assert_false(is_off("root=/dev/sda1 quiet"));
        assert_true(is_off("quiet dadwait=no"));
        assert_true(is_off("dadwait=0\n"));
        assert_true(is_off("dadwait=off quiet"));
        assert_true(is_off("\"dadwait=no\" quiet"));
        assert_false(is_off("dadwait=yes"));
        assert_false(is_off("dadwait=no dadwait=1"));
        assert_true(is_off("dadwait=no dadwait=nonsense"));
        assert_false(is_off("dadwait="));
        assert_false(is_off("dadwait"));
        assert_false(is_off("nodadwait=no"));
        assert_false(is_off("dadwait=noooooooooo"));
        assert_false(is_off("dadwait=no-such-word"));
        assert_false(is_off("x='a dadwait=no'"));
}

static void test_reason(void **state) {
        (void)state;
        set("SYSTEMD_IN_INITRD", "0");
        set("SYSTEMD_SCOPE", "system");
        set("SYSTEMD_PROC_CMDLINE", "quiet");
        assert_null(kill_switch_reason());

        set("SYSTEMD_SCOPE", "user");
        assert_string_equal(kill_switch_reason(), "this is a user manager");

        set("SYSTEMD_IN_INITRD", "1");
        assert_string_equal(kill_switch_reason(), "this is the initrd");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_command_line),
                cmocka_unit_test(test_reason),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
