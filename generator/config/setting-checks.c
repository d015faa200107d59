/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/setting-checks.h"

#include "common/cleanup.h"
#include "common/pattern.h"
#include "common/string-list.h"
#include "common/text.h"
#include "common/timespan.h"
#include "common/whitespace.h"
#include "config/families.h"
#include "config/settings.h"
#include "units/unit-name.h"

#include <errno.h>
#include <string.h>

int setting_check_boolean(const char *value) {
        return text_parse_boolean(value) < 0 ? -EINVAL : 0;
}

int setting_check_timespan(const char *value) {
        uint64_t usec;

        return timespan_parse(value, &usec);
}

int setting_check_pattern(const char *value) {
        struct pattern pattern;

        return pattern_parse(value, &pattern);
}

int setting_check_families(const char *value) {
        unsigned families;

        return families_parse(value, &families);
}

/* A second path behind a blank is more probable than a directory whose name ends with a blank. */
int setting_check_path(const char *value) {
        return value[0] == '/' && !strstr(value, " /") ? 0 : -EINVAL;
}

/* "-f", "--config", "-D PATTERN" with a '*' for the argument, "-f PATH", "-c KEYWORD=", "1". */
int setting_check_config_option(const char *value) {
        const char *rest = value + strcspn(value, SYSTEMD_WHITESPACE);

        if (value[0] != '-') {
                size_t digits = strspn(value, "0123456789");

                return value[0] != '0' && digits > 0 && digits < 4 && !value[digits] ? 0 : -EINVAL;
        }
        if (!value[1] || !*rest)
                return value[1] ? 0 : -EINVAL;
        return strchr(rest, '*') || rest[strlen(rest) - 1] == '=' ||
                               rest[strspn(rest, SYSTEMD_WHITESPACE)] == '/'
                       ? 0
                       : -EINVAL;
}

int setting_check_directory_option(const char *value) {
        return value[0] == '-' && value[1] && !strpbrk(value, SYSTEMD_WHITESPACE) ? 0 : -EINVAL;
}

int setting_check_config_search(const char *value) {
        return strcmp(value, "all") == 0 || strcmp(value, "first") == 0 ? 0 : -EINVAL;
}

int setting_check_config_repeat(const char *value) {
        return strcmp(value, "add") == 0 || strcmp(value, "replace") == 0 ? 0 : -EINVAL;
}

int setting_check_format(const char *value) {
        return format_find(value) ? 0 : -EINVAL;
}

int setting_check_on_timeout(const char *value) {
        return strcmp(value, "start") == 0 || strcmp(value, "fail") == 0 ? 0 : -EINVAL;
}

int setting_check_hook(const char *value) {
        return strcmp(value, hook_name(HOOK_EXEC_START_PRE)) == 0 ||
                               strcmp(value, hook_name(HOOK_EXEC_CONDITION)) == 0
                       ? 0
                       : -EINVAL;
}

/* Names, which may be patterns of fnmatch(3), not paths. */
int setting_check_programs(const char *value) {
        return strchr(value, '/') ? -EINVAL : 0;
}

int setting_check_units(const char *value) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r = string_list_add_words(&names, value);

        for (size_t i = 0; r >= 0 && i < names.count; i++)
                if (!unit_name_is_service(names.items[i]) || unit_name_is_template(names.items[i]))
                        r = -EINVAL;
        return r;
}
