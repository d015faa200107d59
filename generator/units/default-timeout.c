/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/default-timeout.h"

#include "common/cleanup.h"
#include "common/timespan.h"
#include "input/configuration-directories.h"
#include "input/kernel-command-line.h"
#include "input/unit-file.h"

#include <string.h>

#define DEFAULT_START_TIMEOUT_USEC UINT64_C(90000000) /* systemd's own: DEFAULT_TIMEOUT_USEC */

bool default_timeout_parse(const char *value, uint64_t *ret) {
        uint64_t usec;

        if (timespan_parse(value, &usec) < 0)
                return false;
        *ret = usec == 0 ? TIMESPAN_INFINITY : usec;
        return true;
}

static int parse_setting(const char *section, const char *key, const char *value, unsigned line,
                         void *data) {
        (void)line;
        if (strcmp(section, "Manager") == 0 && strcmp(key, "DefaultTimeoutStartSec") == 0)
                (void)default_timeout_parse(value, data);
        return 0;
}

int default_timeout_read(struct tree *tree, uint64_t *ret) {
        static const char *const PLACES[] = { "/etc", "/run", "/usr/local/lib", "/usr/lib" };
        CLEANUP(string_list_clear) struct string_list directories = { 0 }, files = { 0 };
        bool found = false;
        int r;

        *ret = DEFAULT_START_TIMEOUT_USEC;
        for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
                CLEANUP(freep) char *file = NULL, *directory = NULL;

                if (asprintf(&file, "%s/systemd/system.conf", PLACES[i]) < 0 ||
                    asprintf(&directory, "%s.d", file) < 0)
                        return -ENOMEM;
                r = found ? 0 : unit_file_read(tree, file, parse_setting, ret);
                if (r == -ENOMEM)
                        return r;
                found = found || r >= 0;
                if (string_list_take(&directories, TAKE_POINTER(directory)) < 0)
                        return -ENOMEM;
        }
        r = configuration_directories_list(tree, &directories, &files);
        for (size_t i = 0; r >= 0 && i < files.count; i++)
                if (unit_file_read(tree, files.items[i], parse_setting, ret) == -ENOMEM)
                        r = -ENOMEM;
        return r < 0 ? r : 0;
}

int default_timeout_override(uint64_t *ret) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        int r;

        r = kernel_command_line_read(&words);
        for (size_t i = 0; r >= 0 && i < words.count; i++) {
                const char *value = kernel_command_line_value(words.items[i],
                                                              "systemd.default_timeout_start_sec");

                if (value)
                        (void)default_timeout_parse(value, ret);
        }
        return r;
}
