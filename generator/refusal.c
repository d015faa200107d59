/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "refusal.h"

#include "cleanup.h"
#include "text.h"

#include <string.h>

bool refusal_on_command_line(const char *line) {
        static const char KEY[] = "dadwait=";
        static const char BLANKS[] = " \t\r\n";
        bool off = false;

        for (const char *p = line + strspn(line, BLANKS); *p; p += strspn(p, BLANKS)) {
                size_t length = strcspn(p, BLANKS);

                if (length > strlen(KEY) && strncmp(p, KEY, strlen(KEY)) == 0) {
                        char value[8];
                        int r;

                        (void)snprintf(value, sizeof(value), "%.*s", (int)(length - strlen(KEY)),
                                       p + strlen(KEY));
                        r = text_parse_boolean(value);
                        if (r >= 0)
                                off = r == 0;
                }
                p += length;
        }
        return off;
}

/* PID 1 separates its arguments by NUL bytes in /proc/1/cmdline. */
static bool is_on_command_line_of(const char *path) {
        CLEANUP(fclosep) FILE *file = fopen(path, "re");
        char line[16384]; /* the kernel's COMMAND_LINE_SIZE is 4096 at the most */
        size_t length;

        if (!file)
                return false;
        length = fread(line, 1, sizeof(line) - 1, file);
        for (size_t i = 0; i < length; i++)
                if (line[i] == '\0')
                        line[i] = ' ';
        line[length] = '\0';
        return refusal_on_command_line(line);
}

static bool is_switched_off(void) {
        /* What systemd takes for the kernel command line, if set ("Known Environment Variables"
         * in its documentation). */
        const char *override = getenv("SYSTEMD_PROC_CMDLINE");

        if (override)
                return refusal_on_command_line(override);
        /* systemd-detect-virt(1): PID 1 says in that file that it runs in a container. */
        if (access("/run/systemd/container", F_OK) == 0)
                return is_on_command_line_of("/proc/1/cmdline");
        return is_on_command_line_of("/proc/cmdline");
}

static bool is_initrd(void) {
        const char *value = getenv("SYSTEMD_IN_INITRD"); /* since systemd 251 */

        if (value)
                return text_parse_boolean(value) > 0;
        return access("/etc/initrd-release", F_OK) == 0;
}

const char *refusal_reason(void) {
        const char *scope = getenv("SYSTEMD_SCOPE");

        if (is_initrd())
                return "this is the initrd";
        if (scope && strcmp(scope, "user") == 0)
                return "this is a user manager";
        if (is_switched_off())
                return "dadwait=no on the kernel command line";
        return NULL;
}
