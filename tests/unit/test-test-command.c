/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/shell/test-command.h"
#include "unit.h"

#include <errno.h>

static int result_of(const char *text) {
        char *entries[] = { (char *)"A=a" };
        const struct string_list environment = { entries, 1 };

        return test_command_read(&text, &environment);
}

static void test_text(void **state) {
        (void)state;
        assert_int_equal(result_of("[ a = a ]"), 1);
        assert_int_equal(result_of(" [ \"a\" = 'b' ] ; then"), 0);
        assert_int_equal(result_of("[ $A != b ]\nthen"), 1);
        assert_int_equal(result_of("[ $A != a ]\n"), 0);
        assert_int_equal(result_of("[ -n \"$A\" ]"), 1);
        assert_int_equal(result_of("[ -n \"\" ]"), 0);
        assert_int_equal(result_of("[ -z \"$B\" ]"), 1);
        assert_int_equal(result_of("[ -z $A ]"), 0);
}

static void test_what_cannot_be_known(void **state) {
        (void)state;
        assert_int_equal(result_of("[ -f /x ]"), -EINVAL);
        assert_int_equal(result_of("[ a = b ] || x"), -EINVAL);
        assert_int_equal(result_of("[ a = a ] && x"), -EINVAL);
        assert_int_equal(result_of("[ $(x) = b ]"), -EINVAL);
        assert_int_equal(result_of("[ a = b"), -EINVAL);
        assert_int_equal(result_of("true"), -EINVAL);
        assert_int_equal(result_of("]"), -EINVAL);
        assert_int_equal(result_of(""), -EINVAL);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_text),
                cmocka_unit_test(test_what_cannot_be_known),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
