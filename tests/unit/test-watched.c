/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "input/watched.h"
#include "unit.h"

static void test_what_is_recorded(void **state) {
        CLEANUP(watched_clear) struct watched watched = { .is_recording = true };

        (void)state;
        assert_int_equal(watched_add_file(&watched, "/read", 7), 7);
        assert_int_equal(watched_add_file(&watched, "/missing", -ENOENT), -ENOENT);
        assert_int_equal(watched_add_directory(&watched, "/listed", 0), 0);
        assert_int_equal(watched_add_file(&watched, "/denied", -EACCES), -EACCES);
        assert_int_equal(watched_add_file(&watched, "relative", -EINVAL), -EINVAL);
        assert_int_equal(watched_add_file(&watched, "relative", 0), 0);
        assert_int_equal(watched.paths.count, 3);
        assert_string_equal(watched.paths.items[0], "/read");
        assert_string_equal(watched.paths.items[1], "/missing");
        assert_string_equal(watched.paths.items[2], "/listed/");
}

static void test_when_it_is_recorded(void **state) {
        CLEANUP(watched_clear) struct watched watched = { 0 };

        (void)state;
        assert_int_equal(watched_add_file(&watched, "/before", 0), 0);
        assert_int_equal(watched.paths.count, 0);
        watched.is_recording = true;
        assert_int_equal(watched_add_file(&watched, "/meanwhile", 0), 0);
        watched.is_recording = false;
        assert_int_equal(watched_add_file(&watched, "/after", -ENOENT), -ENOENT);
        assert_int_equal(watched.paths.count, 1);
        watched_clear(&watched);
        assert_int_equal(watched.paths.count, 0);
}

/* The result of the lookup is the same where no further path is recorded. */
static void test_limit(void **state) {
        CLEANUP(watched_clear) struct watched watched = { .is_recording = true };

        (void)state;
        for (unsigned i = 0; i < WATCHED_MAX; i++)
                assert_int_equal(watched_add_file(&watched, "/", 0), 0);
        assert_int_equal(watched_add_file(&watched, "/", -ENOENT), -ENOENT);
        assert_int_equal(watched.paths.count, WATCHED_MAX);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_is_recorded),
                cmocka_unit_test(test_when_it_is_recorded),
                cmocka_unit_test(test_limit),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
