/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/text.h"
#include "unit.h"

#include <errno.h>
#include <string.h>

static void assert_printable(const char *text, const char *expected) {
        char buffer[64];

        strcpy(buffer, text);
        text_make_printable(buffer);
        assert_string_equal(buffer, expected);
}

static void test_make_printable(void **state) {
        (void)state;
        assert_printable("Listen [::1]:80", "Listen [::1]:80");
        assert_printable("a\nb\tc\x1b[31m\x7f", "a?b?c?[31m?");
        assert_printable("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80",
                         "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80");
        assert_printable("\xc2\x9b", "??");           /* C1: CSI */
        assert_printable("\xc0\xaf", "??");           /* overlong '/' */
        assert_printable("\xed\xa0\x80", "???");      /* surrogate */
        assert_printable("\xf4\x90\x80\x80", "????"); /* above U+10FFFF */
        assert_printable("x\xe2\x82", "x??");         /* cut short */
        assert_printable("\xff\x80", "??");
}

static void test_parse_boolean(void **state) {
        (void)state;
        assert_int_equal(text_parse_boolean("yes"), 1);
        assert_int_equal(text_parse_boolean("On"), 1);
        assert_int_equal(text_parse_boolean("0"), 0);
        assert_int_equal(text_parse_boolean("FALSE"), 0);
        assert_int_equal(text_parse_boolean(""), -EINVAL);
        assert_int_equal(text_parse_boolean("maybe"), -EINVAL);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_make_printable),
                cmocka_unit_test(test_parse_boolean),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
