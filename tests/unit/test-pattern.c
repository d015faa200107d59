/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/pattern.h"

#include <arpa/inet.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pattern parsed(const char *text) {
        struct pattern pattern;

        if (pattern_parse(text, &pattern) < 0)
                fail_msg("'%s' does not parse", text);
        return pattern;
}

static struct in6_addr address(const char *text) {
        struct in6_addr ret;

        assert_int_equal(inet_pton(AF_INET6, text, &ret), 1);
        return ret;
}

/* Whatever way it is written, there is one canonical form (RFC 5952), and it reads back the same.
 */
static void test_canonical(void **state) {
        static const char *const CASES[][2] = {
                { "2001:db8::1", "2001:db8::1" },
                { "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
                { "2001:0db8:e001:00b1::0", "2001:db8:e001:b1::" },
                { "fe80::1%eth0", "fe80::1%eth0" },
                { "fe80::1%br-lan.100:0@x_", "fe80::1%br-lan.100:0@x_" },
                { "fe80::1%2", "fe80::1%2" },
                { "fe80::1%eth456789012345", "fe80::1%eth456789012345" },
                { "2001:db8::/64", "2001:db8::/64" },
                { "2001:db8::1:2:3:4/64%eth0", "2001:db8::/64%eth0" },
                { "2001:db8:ffff::/33", "2001:db8:8000::/33" },
                { "2001:db8::1/128", "2001:db8::1/128" },
                { "any", "any" },
                { "any%eth0", "any%eth0" },
                { "::/0", "any" },
                { "2001:db8::1/0%eth0", "any%eth0" },
                { "::", "::" },
                { "::1", "::1" },
                { "ff02::1", "ff02::1" },
                { "any%eth0", "any%eth0" },
                { "192.0.2.1", "192.0.2.1" },
                { "192.0.2.1%eth0", "192.0.2.1%eth0" },
                { "::ffff:192.0.2.1", "192.0.2.1" },
                { "::FFFF:c000:201", "192.0.2.1" },
                { "192.0.2.1/24", "192.0.2.0/24" },
                { "192.0.2.129/25%eth0", "192.0.2.128/25%eth0" },
                { "192.0.2.1/32", "192.0.2.1/32" },
                { "::ffff:192.0.2.1/120", "192.0.2.0/24" },
                { "any-ipv4", "any-ipv4" },
                { "any-ipv4%eth0", "any-ipv4%eth0" },
                { "192.0.2.1/0", "any-ipv4" },
                { "::ffff:0:0/96", "any-ipv4" },
                { "::ffff:0:0/95", "::fffe:0:0/95" },
                { "0.0.0.0", "0.0.0.0" },
                { "255.255.255.255/31%eth456789012345", "255.255.255.254/31%eth456789012345" },
                { "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255/128%eth456789012345",
                  "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128%eth456789012345" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                struct pattern pattern = parsed(CASES[i][0]), again;
                char buffer[PATTERN_STRING_SIZE];

                assert_string_equal(pattern_format(&pattern, buffer), CASES[i][1]);
                again = parsed(buffer);
                assert_int_equal(pattern_compare(&pattern, &again), 0);
        }
}

static void test_refused(void **state) {
        static const struct {
                const char *text;
                int r;
        } CASES[] = {
                { "", -EINVAL },
                { "localhost", -EINVAL },
                { "ANY", -EINVAL },
                { "any/64", -EINVAL },
                { " 2001:db8::1", -EINVAL },
                { "2001:db8::1 ", -EINVAL },
                { "[2001:db8::1]", -EINVAL },
                { "2001:db8::1::2", -EINVAL },
                { "2001:db8::g", -EINVAL },
                { "2001:db8::/", -EINVAL },
                { "2001:db8::/129", -EINVAL },
                { "2001:db8::/0064", -EINVAL },
                { "2001:db8::/-1", -EINVAL },
                { "2001:db8::/+1", -EINVAL },
                { "2001:db8::/6 4", -EINVAL },
                { "2001:db8::/64/64", -EINVAL },
                { "192.0.2.0/33", -EINVAL },
                { "192.0.2.0/120", -EINVAL },
                { "192.0.2.0/", -EINVAL },
                { "192.0.2.0/255.255.255.0", -EINVAL },
                { "192.0.2.01", -EINVAL },
                { "0xc0000201", -EINVAL },
                { "any-ipv4/24", -EINVAL },
                { "any-ipv6", -EINVAL },
                { "any-ipv4%", -ENODEV },
                { "192.0.2", -EINVAL },
                { "/64", -EINVAL },
                { "%eth0", -EINVAL },
                { "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2550/128", -EINVAL },
                { "fe80::1%", -ENODEV },
                { "fe80::1%eth4567890123456", -ENODEV },
                { "fe80::1%eth0 ", -ENODEV },
                { "fe80::1%eth0%eth1", -ENODEV },
                { "fe80::1%eth/0", -ENODEV },
                { "fe80::1%\"", -ENODEV },
                { "fe80::1%$IF", -ENODEV },
                { "fe80::1%eth\\x30", -ENODEV },
                { "fe80::1%eth0\n", -ENODEV },
                { "fe80::1%\xc3\xa9th", -ENODEV },
                { "any%", -ENODEV },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                struct pattern pattern, untouched;
                int r;

                memset(&pattern, 0xaa, sizeof(pattern));
                untouched = pattern;
                r = pattern_parse(CASES[i].text, &pattern);
                if (r != CASES[i].r)
                        fail_msg("'%s': %d", CASES[i].text, r);
                assert_memory_equal(&pattern, &untouched, sizeof(pattern));
        }
}

static void test_address_only(void **state) {
        struct pattern pattern;

        (void)state;
        assert_int_equal(pattern_parse_address("2001:db8::1%eth0", &pattern), 0);
        assert_int_equal(pattern_parse_address("192.0.2.1", &pattern), 0);
        assert_int_equal(pattern_parse_address("any", &pattern), -EINVAL);
        assert_int_equal(pattern_parse_address("any-ipv4", &pattern), -EINVAL);
        assert_int_equal(pattern_parse_address("192.0.2.0/24", &pattern), -EINVAL);
        assert_int_equal(pattern_parse_address("2001:db8::1/128", &pattern), -EINVAL);
        assert_int_equal(pattern_parse_address("2001:db8::1%", &pattern), -ENODEV);
}

static void test_covers(void **state) {
        static const struct {
                const char *pattern, *address;
                bool covers;
        } CASES[] = {
                { "2001:db8::1", "2001:db8::1", true },
                { "2001:db8::1", "2001:db8::2", false },
                { "2001:db8::/64", "2001:db8::1:2:3:4", true },
                { "2001:db8::/64", "2001:db8:0:1::", false },
                { "2001:db8:8000::/33", "2001:db8:ffff::", true },
                { "2001:db8:8000::/33", "2001:db8:7fff::", false },
                { "2001:db8::/127", "2001:db8::1", true },
                { "2001:db8::/127", "2001:db8::2", false },
                { "2001:db8::1/128", "2001:db8::1", true },
                { "fe80::/10%eth0", "febf::1", true },
                { "fe80::/10%eth0", "fec0::1", false },
                { "any", "::1", true },
                { "any", "::ffff:192.0.2.1", false },
                { "::/64", "::ffff:192.0.2.1", false },
                { "::fffe:0:0/95", "::ffff:192.0.2.1", false },
                { "any-ipv4", "::ffff:192.0.2.1", true },
                { "any-ipv4", "2001:db8::1", false },
                { "any-ipv4", "::1", false },
                { "192.0.2.0/25", "::ffff:192.0.2.127", true },
                { "192.0.2.0/25", "::ffff:192.0.2.128", false },
                { "192.0.2.1", "::ffff:192.0.2.1", true },
                { "192.0.2.1", "::192.0.2.1", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                struct pattern pattern = parsed(CASES[i].pattern);
                struct in6_addr inside = address(CASES[i].address);

                if (pattern_covers(&pattern, &inside) != CASES[i].covers)
                        fail_msg("%s and %s", CASES[i].pattern, CASES[i].address);
        }
}

static void test_needs_no_waiting(void **state) {
        static const char *const NONE[] = {
                "::",
                "::1",
                "::1%lo",
                "ff02::1%eth0",
                "127.0.0.1",
                "127.255.255.255",
                "0.0.0.0",
                "::ffff:127.0.0.1",
                "224.0.0.1",
                "239.255.255.255%eth0",
                "255.255.255.255",
        };
        static const char *const SOME[] = {
                "2001:db8::1",     "fe80::1%eth0", "any",         "::/0",      "::1/128",
                "ff00::/8",        "fc00::1",      "::2",         "192.0.2.1", "192.0.2.255",
                "126.0.0.1",       "128.0.0.1",    "223.0.0.1",   "240.0.0.1", "0.0.0.1",
                "255.255.255.254", "any-ipv4",     "127.0.0.0/8", "0.0.0.0/8", "::ffff:192.0.2.1",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(NONE) / sizeof(NONE[0]); i++) {
                struct pattern pattern = parsed(NONE[i]);

                assert_true(pattern_needs_no_waiting(&pattern));
        }
        for (size_t i = 0; i < sizeof(SOME) / sizeof(SOME[0]); i++) {
                struct pattern pattern = parsed(SOME[i]);

                assert_false(pattern_needs_no_waiting(&pattern));
        }
}

static void test_is_ipv4(void **state) {
        static const char *const IPV4[] = { "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.0/24",
                                            "any-ipv4", "any-ipv4%eth0" };
        static const char *const IPV6[] = { "2001:db8::1",   "any", "::192.0.2.1",
                                            "::fffe:0:0/95", "::",  "::/64" };

        (void)state;
        for (size_t i = 0; i < sizeof(IPV4) / sizeof(IPV4[0]); i++) {
                struct pattern pattern = parsed(IPV4[i]);

                assert_true(pattern_is_ipv4(&pattern));
        }
        for (size_t i = 0; i < sizeof(IPV6) / sizeof(IPV6[0]); i++) {
                struct pattern pattern = parsed(IPV6[i]);

                assert_false(pattern_is_ipv4(&pattern));
        }
}

static void test_compare(void **state) {
        static const char *const DISTINCT[] = {
                "any",           "any%eth0",       "2001:db8::",      "2001:db8::/32",
                "2001:db8::/64", "2001:db8::/128", "2001:db8::%eth0", "2001:db8::1",
                "any-ipv4",      "0.0.0.0",        "0.0.0.0/32",      "any-ipv4%eth0",
        };
        enum { N = sizeof(DISTINCT) / sizeof(DISTINCT[0]) };
        struct pattern patterns[N];

        (void)state;
        for (size_t i = 0; i < N; i++)
                patterns[i] = parsed(DISTINCT[i]);
        for (size_t i = 0; i < N; i++)
                for (size_t j = 0; j < N; j++) {
                        int forth = pattern_compare(&patterns[i], &patterns[j]);
                        int back = pattern_compare(&patterns[j], &patterns[i]);

                        assert_true((i == j) == (forth == 0));
                        assert_true((forth > 0) == (back < 0));
                }
}

/* However long: it has to fit a buffer before it is looked at. */
static void test_long(void **state) {
        struct pattern pattern;
        char text[4096];

        (void)state;
        memset(text, 'f', sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';
        assert_int_equal(pattern_parse(text, &pattern), -EINVAL);
        memcpy(text, "fe80::1%", 8);
        assert_int_equal(pattern_parse(text, &pattern), -ENODEV);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_canonical), cmocka_unit_test(test_refused),
                cmocka_unit_test(test_long),      cmocka_unit_test(test_address_only),
                cmocka_unit_test(test_covers),    cmocka_unit_test(test_needs_no_waiting),
                cmocka_unit_test(test_is_ipv4),   cmocka_unit_test(test_compare),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
