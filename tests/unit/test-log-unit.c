/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "output/log-unit.h"
#include "unit.h"

#include <string.h>

static void test_messages_are_escaped(void **state) {
        static char file[] = "/etc/dadwait.conf", text[] = "100% of \\x41.", whole[] = "b: c";
        static const struct log_entry ENTRIES[] = {
                { .file = file, .line = 3, .text = text },
                { .file = NULL, .line = 0, .text = whole },
        };
        CLEANUP(freep) char *unit = log_unit_format(ENTRIES, 2);

        (void)state;
        assert_non_null(unit);
        assert_non_null(strstr(unit, "StandardInput=data\n"
                                     "StandardInputText=/etc/dadwait.conf:3: 100%% of \\\\x41.\n"
                                     "StandardInputText=b: c\n"));
}

/* The name of a file may have a newline, behind which systemd would read a setting. */
static void test_no_line_is_added(void **state) {
        static char file[] = "/srv/x\nExecStart=/srv/evil\ny", text[] = "a\rb\x1b[31m\n\\";
        static const struct log_entry ENTRY = { .file = file, .text = text };
        CLEANUP(freep) char *unit = log_unit_format(&ENTRY, 1);

        (void)state;
        assert_non_null(unit);
        assert_non_null(strstr(unit, "\nStandardInputText=/srv/x?ExecStart=/srv/evil?y: "
                                     "a?b?[31m?\\\\\n"));
        assert_null(strstr(unit, "\nExecStart=/srv"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_messages_are_escaped),
                cmocka_unit_test(test_no_line_is_added),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
