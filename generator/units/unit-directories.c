/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-directories.h"

#include "build-config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A directory may be listed twice: SYSTEMD_UNIT_DIR is /lib/systemd/system on Debian 11 and 12. */
static const char *const DIRECTORIES[] = {
        "/etc/systemd/system.control",
        "/run/systemd/system.control",
        "/run/systemd/transient",
        "/run/systemd/generator.early",
        "/etc/systemd/system",
        "/etc/systemd/system.attached",
        "/run/systemd/system",
        "/run/systemd/system.attached",
        "/run/systemd/generator",
        "/usr/local/lib/systemd/system",
        SYSTEMD_UNIT_DIR,
        "/usr/lib/systemd/system",
        "/run/systemd/generator.late",
};

static int add_default(struct string_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < sizeof(DIRECTORIES) / sizeof(DIRECTORIES[0]); i++)
                r = string_list_add(ret, DIRECTORIES[i]);
        return r;
}

int unit_directories_find(struct string_list *ret) {
        const char *path = getenv("SYSTEMD_UNIT_PATH");
        int r = 0;

        if (!path)
                return add_default(ret);
        while (r >= 0) {
                size_t length = strcspn(path, ":");

                if (length > 0)
                        r = string_list_take(ret, strndup(path, length));
                if (r < 0 || path[length] == '\0')
                        return r;
                path += length + 1;
                if (*path == '\0')
                        return add_default(ret);
        }
        return r;
}
