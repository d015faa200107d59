/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "own-unit.h"

#include "cleanup.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

static bool ends_with(const char *text, const char *end) {
        size_t length = strlen(text), end_length = strlen(end);

        return length > end_length && strcmp(text + length - end_length, end) == 0;
}

/* systemd.slice(5): slices nest, and the first thing in them that is none is a unit. */
static char *unit_in_path(char *path) {
        char *rest = NULL;

        for (char *name = strtok_r(path, "/", &rest); name; name = strtok_r(NULL, "/", &rest))
                if (!ends_with(name, ".slice"))
                        return ends_with(name, ".service") || ends_with(name, ".scope") ? name
                                                                                        : NULL;
        return NULL;
}

char *own_unit_in_cgroups(char *text) {
        char *rest = NULL;

        /* "0::PATH" is the unified hierarchy, "N:name=systemd:PATH" what preceded it. */
        for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
                char *controllers = strchr(line, ':');
                char *path = controllers ? strchr(controllers + 1, ':') : NULL;
                char *unit;

                if (!path)
                        continue;
                *path++ = '\0';
                if (controllers[1] != '\0' && strcmp(controllers + 1, "name=systemd") != 0)
                        continue;
                unit = unit_in_path(path);
                if (unit)
                        return unit;
        }
        return NULL;
}

char *own_unit(void) {
        CLEANUP(closep) int fd = open("/proc/self/cgroup", O_RDONLY | O_CLOEXEC | O_NOCTTY);
        char text[4096];
        ssize_t length;
        char *unit;

        if (fd < 0)
                return NULL;
        length = read(fd, text, sizeof(text) - 1);
        if (length <= 0)
                return NULL;
        text[length] = '\0';
        unit = own_unit_in_cgroups(text);
        return unit ? strdup(unit) : NULL;
}
