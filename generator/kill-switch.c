/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "kill-switch.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "input/kernel-command-line.h"

#include <string.h>

/* The last dadwait= that is a boolean counts. */
static bool is_switched_off(void) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        bool off = false;

        /* Where memory runs out, the rest of the generator will fail as well, and log it. */
        (void)kernel_command_line_read(&words);
        for (size_t i = 0; i < words.count; i++) {
                const char *value = kernel_command_line_value(words.items[i], "dadwait");
                int r = value ? text_parse_boolean(value) : -EINVAL;

                if (r >= 0)
                        off = r == 0;
        }
        return off;
}

static bool is_initrd(void) {
        const char *value = getenv("SYSTEMD_IN_INITRD"); /* since systemd 251 */

        if (value)
                return text_parse_boolean(value) > 0;
        return access("/etc/initrd-release", F_OK) == 0;
}

const char *kill_switch_reason(void) {
        const char *scope = getenv("SYSTEMD_SCOPE");

        if (is_initrd())
                return "this is the initrd";
        if (scope && strcmp(scope, "user") == 0)
                return "this is a user manager";
        if (is_switched_off())
                return "dadwait=no on the kernel command line";
        return NULL;
}
