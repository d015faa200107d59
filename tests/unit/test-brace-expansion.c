/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/brace-expansion.h"

#include "common/cleanup.h"
#include "unit.h"

#include <string.h>

static void assert_expands(const char *pattern, const char *expected) {
        CLEANUP(string_list_clear) struct string_list list = { 0 };
        char text[256] = "";

        assert_int_equal(brace_expand(pattern, &list), 0);
        for (size_t i = 0; i < list.count; i++) {
                strcat(text, i > 0 ? " " : "");
                strcat(text, list.items[i]);
        }
        assert_string_equal(text, expected);
}

static void test_expansion(void **state) {
        (void)state;
        assert_expands("/a", "/a");
        assert_expands("/{a,b}.x", "/a.x /b.x");
        assert_expands("{a,b{c,d},}e{f,g}", "aef aeg bcef bceg bdef bdeg ef eg");
        assert_expands("{a}", "a");
        assert_expands("{a,b", "{a,b");
        assert_expands("a}b,", "a}b,");
}

static void test_bounds(void **state) {
        CLEANUP(string_list_clear) struct string_list list = { 0 };
        char text[512] = "";

        (void)state;
        for (size_t i = 0; i < 30; i++)
                strcat(text, "{a,b}");
        assert_int_equal(brace_expand(text, &list), -E2BIG);
        assert_true(list.count <= BRACE_EXPANSION_MAX);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_expansion),
                cmocka_unit_test(test_bounds),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
