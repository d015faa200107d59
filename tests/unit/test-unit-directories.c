/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "unit.h"
#include "units/unit-directories.h"

#include <stdlib.h>
#include <systemd/sd-path.h>

/* A directory that is listed twice counts once. */
static void add_once(struct string_list *list, const char *directory) {
        if (!string_list_contains(list, directory))
                assert_int_equal(string_list_add(list, directory), 0);
}

/* libsystemd is that of the machine's systemd. */
static void assert_as_systemd_finds_them(void) {
        struct string_list found = { 0 }, unique = { 0 }, expected = { 0 };
        char **paths = NULL;

        assert_true(sd_path_lookup_strv(SD_PATH_SYSTEMD_SEARCH_SYSTEM_UNIT, NULL, &paths) >= 0);
        for (char **path = paths; *path; path++) {
                add_once(&expected, *path);
                free(*path);
        }
        free(paths);
        assert_int_equal(unit_directories_find(&found), 0);
        for (size_t i = 0; i < found.count; i++)
                add_once(&unique, found.items[i]);

        assert_int_equal(unique.count, expected.count);
        for (size_t i = 0; i < unique.count; i++)
                assert_string_equal(unique.items[i], expected.items[i]);
        string_list_clear(&found);
        string_list_clear(&unique);
        string_list_clear(&expected);
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
