/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/budget.h"
#include "unit.h"

#include <errno.h>

static void test_bytes(void **state) {
        struct budget budget = { 0 };

        (void)state;
        assert_int_equal(budget_charge_file(&budget, BUDGET_BYTES + UINT64_C(1)), -EDQUOT);
        assert_int_equal(budget_charge_file(&budget, BUDGET_BYTES - 1), 0);
        assert_int_equal(budget_charge_file(&budget, 2), -EDQUOT);
        /* What did not fit has cost nothing. */
        assert_int_equal(budget_charge_file(&budget, 1), 0);
        assert_int_equal(budget_charge_file(&budget, 0), 0);
        assert_int_equal(budget_charge_file(&budget, 1), -EDQUOT);
}

static void test_files(void **state) {
        struct budget budget = { .service.files = BUDGET_FILES - 1 };

        (void)state;
        assert_int_equal(budget_charge_file(&budget, 0), 0);
        assert_int_equal(budget_charge_file(&budget, 0), -EDQUOT);
}

static void test_names_and_lookups(void **state) {
        struct budget budget = { .service = { .names = BUDGET_NAMES - 1,
                                              .lookups = BUDGET_LOOKUPS - 1 } };

        (void)state;
        assert_int_equal(budget_charge_name(&budget), 0);
        assert_int_equal(budget_charge_name(&budget), -EDQUOT);
        assert_int_equal(budget_charge_lookup(&budget), 0);
        assert_int_equal(budget_charge_lookup(&budget), -EDQUOT);
        budget_reset_service(&budget);
        assert_int_equal(budget_charge_name(&budget), 0);
        assert_int_equal(budget_charge_lookup(&budget), 0);
}

/* The total outlasts the services that it is made of. */
static void test_total(void **state) {
        struct budget budget = { 0 };

        (void)state;
        for (unsigned i = 0; i < BUDGET_SERVICES_PER_TEMPLATE; i++) {
                assert_false(budget_total_is_exhausted(&budget));
                budget_reset_service(&budget);
                assert_int_equal(budget_charge_file(&budget, BUDGET_BYTES), 0);
        }
        assert_true(budget_total_is_exhausted(&budget));
        budget_reset_total(&budget);
        assert_false(budget_total_is_exhausted(&budget));
        assert_int_equal(budget_charge_file(&budget, BUDGET_BYTES), 0);
}

static void test_total_of_names_and_lookups(void **state) {
        struct budget names = { 0 }, lookups = { 0 };

        (void)state;
        names.total.names = UINT64_C(1) * BUDGET_SERVICES_PER_TEMPLATE * BUDGET_NAMES - 1;
        assert_false(budget_total_is_exhausted(&names));
        assert_int_equal(budget_charge_name(&names), 0);
        assert_true(budget_total_is_exhausted(&names));

        lookups.total.lookups = UINT64_C(1) * BUDGET_SERVICES_PER_TEMPLATE * BUDGET_LOOKUPS - 1;
        assert_false(budget_total_is_exhausted(&lookups));
        assert_int_equal(budget_charge_lookup(&lookups), 0);
        assert_true(budget_total_is_exhausted(&lookups));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_bytes),
                cmocka_unit_test(test_files),
                cmocka_unit_test(test_names_and_lookups),
                cmocka_unit_test(test_total),
                cmocka_unit_test(test_total_of_names_and_lookups),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
