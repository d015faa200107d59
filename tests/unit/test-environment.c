/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/shell/environment.h"
#include "unit.h"

#include <string.h>

static char A1[] = "A=1", AB[] = "AB=2", P[] = "P=/etc/x-y", A3[] = "A=3", EMPTY[] = "EMPTY=";
static char *entries[] = { A1, AB, P, A3, EMPTY };
static const struct string_list ENVIRONMENT = { entries, sizeof(entries) / sizeof(entries[0]) };

static void check(const char *text, const char *expected) {
        CLEANUP(freep) char *expanded = environment_expand(text, &ENVIRONMENT);

        assert_non_null(expanded);
        assert_string_equal(expanded, expected);
}

static void test_name_length(void **state) {
        (void)state;
        assert_int_equal(environment_name_length("A_1=2"), 3);
        assert_int_equal(environment_name_length("_"), 1);
        assert_int_equal(environment_name_length("1A"), 0);
        assert_int_equal(environment_name_length(""), 0);
}

static void test_last_assignment_counts(void **state) {
        (void)state;
        assert_string_equal(environment_get(&ENVIRONMENT, "A"), "3");
        assert_string_equal(environment_get(&ENVIRONMENT, "AB"), "2");
        assert_string_equal(environment_get(&ENVIRONMENT, "EMPTY"), "");
        assert_null(environment_get(&ENVIRONMENT, "B"));
        assert_null(environment_get(&ENVIRONMENT, ""));
}

static void test_variables(void **state) {
        (void)state;
        check("$A-${A}-$AB", "3-3-2");
        check("x${UNSET}y$UNSET", "xy");
        check("$EMPTY", "");
        check("5$ 1$2 $", "5$ 1$2 $");
}

static void test_prefix_is_cut(void **state) {
        (void)state;
        check("-${P##/etc/x-}", "-y");
        check("${P#/etc/x-}", "y");
        check("${P#/usr}", "/etc/x-y");
        check("1${UNSET#x}", "1");
}

static void test_what_only_a_shell_knows_stays(void **state) {
        (void)state;
        check("$(date) ${P##*/} ${P##$A} ${A###1} ${A:-2} ${}",
              "$(date) ${P##*/} ${P##3} ${A###1} ${A:-2} ${}");
}

/* A hundred times 4096 bytes, were there no limit. */
static void test_length_is_limited(void **state) {
        char value[sizeof("V=") + 4096] = "V=";
        char *items[] = { value };
        const struct string_list environment = { items, 1 };
        CLEANUP(freep) char *expanded = NULL;
        char text[2 * 100 + 1] = "";

        (void)state;
        memset(value + strlen("V="), 'x', 4096);
        for (int i = 0; i < 100; i++)
                strcat(text, "$V");
        expanded = environment_expand(text, &environment);
        assert_non_null(expanded);
        assert_true(strlen(expanded) < 6UL * 4096);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_name_length),
                cmocka_unit_test(test_last_assignment_counts),
                cmocka_unit_test(test_variables),
                cmocka_unit_test(test_prefix_is_cut),
                cmocka_unit_test(test_what_only_a_shell_knows_stays),
                cmocka_unit_test(test_length_is_limited),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
