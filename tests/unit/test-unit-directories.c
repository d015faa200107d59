/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "unit.h"
#include "units/unit-directories.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-path.h>

/* With colons, a directory that is listed twice once. */
static void append(char *text, size_t size, const char *directory) {
        char word[256];

        assert_true(snprintf(word, sizeof(word), ":%s:", directory) < (int)sizeof(word));
        if (strstr(text, word))
                return;
        assert_true(strlen(text) + strlen(word) < size);
        strcat(text, word + 1);
}

/* libsystemd is that of the machine's systemd. */
static void assert_as_systemd_finds_them(void) {
        char found[2048] = ":", expected[2048] = ":";
        struct string_list list = { 0 };
        char **paths = NULL;

        assert_true(sd_path_lookup_strv(SD_PATH_SYSTEMD_SEARCH_SYSTEM_UNIT, NULL, &paths) >= 0);
        for (char **path = paths; *path; path++) {
                append(expected, sizeof(expected), *path);
                free(*path);
        }
        free(paths);
        assert_int_equal(unit_directories_find(&list), 0);
        for (size_t i = 0; i < list.count; i++)
                append(found, sizeof(found), list.items[i]);
        string_list_clear(&list);
        assert_string_equal(found, expected);
}

static void test_default(void **state) {
        (void)state;
        (void)unsetenv("SYSTEMD_UNIT_PATH");
        assert_as_systemd_finds_them();
}

static void test_variable(void **state) {
        (void)state;
        const char *const values[] = { "/a", "/a:/b", "/a:/b:", "/a::/b", "/a::", ":", "" };

        for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
                assert_int_equal(setenv("SYSTEMD_UNIT_PATH", values[i], 1), 0);
                assert_as_systemd_finds_them();
        }
        (void)unsetenv("SYSTEMD_UNIT_PATH");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_default),
                cmocka_unit_test(test_variable),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
