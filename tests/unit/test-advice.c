/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/advice.h"

#include "unit.h"

#include <string.h>

static const char *const NAMES[] = { "Address", "IgnoreAddress", "Hook", "OnTimeout",
                                     "TimeoutSec" };

static const char *closest(const char *word) {
        return advice_closest(word, NAMES, sizeof(NAMES) / sizeof(NAMES[0])) ?: "none";
}

static void test_closest(void **state) {
        static char long_word[100];

        (void)state;
        assert_string_equal(closest("address"), "Address");
        assert_string_equal(closest("Adress"), "Address");
        assert_string_equal(closest("Adresss"), "Address");
        assert_string_equal(closest("Addresses"), "Address");
        assert_string_equal(closest("TIMEOUTSEC"), "TimeoutSec");
        assert_string_equal(closest("Timeout"), "TimeoutSec");
        assert_string_equal(closest("Ignore"), "IgnoreAddress");
        assert_string_equal(closest("Ign"), "none");
        assert_string_equal(closest("Timeouts"), "TimeoutSec");
        assert_string_equal(closest("Tim"), "none");
        assert_string_equal(closest("Hok"), "Hook");
        assert_string_equal(closest("ok"), "none");
        assert_string_equal(closest(""), "none");
        memset(long_word, 'a', sizeof(long_word) - 1);
        assert_string_equal(closest(long_word), "none");
}

static void assert_advice(const char *value, const char *part) {
        const char *advice = advice_for_address(value);

        assert_non_null(advice);
        assert_non_null(strstr(advice, part));
}

static void test_for_address(void **state) {
        (void)state;
        assert_advice("2001:db8::1 # the first", "comment");
        assert_advice("2001:db8::1 ; the first", "comment");
        assert_advice("2001:db8::1 2001:db8::2", "each address");
        assert_advice("2001:db8::1,2001:db8::2", "each address");
        assert_advice("[2001:db8::1]:80", "brackets");
        assert_advice("192.0.2.1:80", "port");
        assert_advice("\"2001:db8::1\"", "quotes");
        assert_advice("eth0", "any%INTERFACE");
        assert_advice("br-lan", "any%INTERFACE");
        assert_advice("*", "\"any\"");
        assert_advice("All", "\"any\"");
        assert_advice("Any", "\"any\"");
        assert_advice("2001:db8::1\xc2\xa0", "ASCII");
        assert_null(advice_for_address("localhost"));
        assert_null(advice_for_address("www.example"));
        assert_null(advice_for_address("enp0123456789012"));
        assert_null(advice_for_address("80"));
        assert_null(advice_for_address("2001:db8::1:80"));
        assert_null(advice_for_address(":80"));
        assert_null(advice_for_address("\""));
        assert_null(advice_for_address("2001:db8::g"));
        assert_null(advice_for_address(""));
}

static void test_for_value(void **state) {
        (void)state;
        assert_string_equal(advice_for_value("5s # not long"), "a comment needs a line of its own");
        assert_string_equal(advice_for_value("'5s'"), "without quotes");
        assert_null(advice_for_value("5 seconds or so"));
        assert_null(advice_for_value("/a#b"));
        assert_null(advice_for_value("'"));
        assert_null(advice_for_value(""));
}

static void test_host_bits(void **state) {
        char text[PATTERN_STRING_SIZE];
        struct pattern pattern;

        (void)state;
        assert_true(advice_has_host_bits("2001:db8::9/64", &pattern));
        assert_string_equal(pattern_format(&pattern, text), "2001:db8::9");
        assert_true(advice_has_host_bits("2001:db8::9/64%eth0", &pattern));
        assert_string_equal(pattern_format(&pattern, text), "2001:db8::9%eth0");
        assert_false(advice_has_host_bits("2001:db8::/64", &pattern));
        assert_false(advice_has_host_bits("2001:db8::9/128", &pattern));
        assert_false(advice_has_host_bits("2001:db8::9", &pattern));
        assert_false(advice_has_host_bits("2001:db8::9/129", &pattern));
        assert_false(advice_has_host_bits("any", &pattern));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_closest),
                cmocka_unit_test(test_for_value),
                cmocka_unit_test(test_for_address),
                cmocka_unit_test(test_host_bits),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
