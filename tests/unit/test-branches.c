/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/shell/branches.h"
#include "unit.h"

#include <errno.h>

static void open_if(struct branches *branches, int condition) {
        assert_int_equal(branches_if(branches), 0);
        branches_condition(branches, condition);
}

static void test_one_branch_counts(void **state) {
        struct branches branches = { 0 };

        (void)state;
        assert_true(branches_count(&branches));
        open_if(&branches, 0);
        assert_false(branches_count(&branches));
        branches_condition(&branches, 1);
        assert_true(branches_count(&branches));
        branches_condition(&branches, 1);
        assert_false(branches_count(&branches));
        branches_else(&branches);
        assert_false(branches_count(&branches));
        branches_fi(&branches);
        assert_true(branches_count(&branches));

        open_if(&branches, 0);
        branches_else(&branches);
        assert_true(branches_count(&branches));
}

static void test_unknown_branches_count(void **state) {
        struct branches branches = { 0 };

        (void)state;
        open_if(&branches, -EINVAL);
        assert_true(branches_count(&branches));
        branches_condition(&branches, 0);
        assert_false(branches_count(&branches));
        branches_else(&branches);
        assert_true(branches_count(&branches));
}

static void test_nesting(void **state) {
        struct branches branches = { 0 };

        (void)state;
        open_if(&branches, 0);
        open_if(&branches, 1);
        assert_false(branches_count(&branches));
        branches_else(&branches);
        assert_false(branches_count(&branches));
        branches_fi(&branches);
        branches_else(&branches);
        assert_true(branches_count(&branches));
}

static void test_depth_is_limited(void **state) {
        struct branches branches = { 0 };

        (void)state;
        for (int i = 0; i < IF_DEPTH_MAX; i++)
                open_if(&branches, 1);
        assert_int_equal(branches_if(&branches), -E2BIG);
        assert_true(branches_count(&branches));
        branches_fi(&branches);
        assert_int_equal(branches_if(&branches), 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_one_branch_counts),
                cmocka_unit_test(test_unknown_branches_count),
                cmocka_unit_test(test_nesting),
                cmocka_unit_test(test_depth_is_limited),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
