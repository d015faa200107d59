/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/host.h"
#include "unit.h"

#include <string.h>

/* "ADDR", "" for what needs no wait, or "?" with the reason of what is not known. */
static const char *added(int (*add)(struct address_list *, const char *, const char *, unsigned,
                                    const char *),
                         const char *host) {
        CLEANUP(address_list_clear) struct address_list list = { 0 };
        static char text[256];
        char buffer[PATTERN_STRING_SIZE];

        assert_int_equal(add(&list, host, "/etc/x.conf", 3, "line"), 0);
        assert_true(list.count + list.unknown_count <= 1);
        text[0] = '\0';
        if (list.count > 0) {
                assert_string_equal(list.items[0].file, "/etc/x.conf");
                assert_int_equal(list.items[0].line, 3);
                strcpy(text, pattern_format(&list.items[0].pattern, buffer));
        } else if (list.unknown_count > 0) {
                (void)snprintf(text, sizeof(text), "?%s", list.unknown[0].reason);
        }
        return text;
}

static void test_addresses(void **state) {
        (void)state;
        assert_string_equal(added(host_add, "2001:DB8::1"), "2001:db8::1");
        assert_string_equal(added(host_add, "fe80::1%eth0"), "fe80::1%eth0");
        assert_string_equal(added(host_add_bracketed, "[2001:db8::1]"), "2001:db8::1");
        assert_string_equal(added(host_add_bracketed, "2001:db8::1"), "2001:db8::1");
        assert_string_equal(added(host_add_bracketed, "192.0.2.1"), "192.0.2.1");
}

static void test_ipv4_as_getaddrinfo_reads_it(void **state) {
        (void)state;
        assert_string_equal(added(host_add, "192.0.2.1"), "192.0.2.1");
        assert_string_equal(added(host_add, "192.0.513"), "192.0.2.1");
        assert_string_equal(added(host_add, "0xc0.0.02.1"), "192.0.2.1");
        assert_string_equal(added(host_add, "::ffff:192.0.2.1"), "192.0.2.1");
        assert_string_equal(added(host_add, "192.0.2.1 x"),
                            "?names are not resolved before the network is up");
        assert_string_equal(added(host_add, "192.0.2.1%eth0"),
                            "?names are not resolved before the network is up");
}

static int add_of_ipv4(struct address_list *list, const char *host, const char *file, unsigned line,
                       const char *text) {
        return host_add_of(list, ADDRESS_IPV4, host, file, line, text);
}

static int add_of_ipv6(struct address_list *list, const char *host, const char *file, unsigned line,
                       const char *text) {
        return host_add_bracketed_of(list, ADDRESS_IPV6, host, file, line, text);
}

static void test_one_family(void **state) {
        CLEANUP(address_list_clear) struct address_list list = { .left_out = ADDRESS_IPV4 };

        (void)state;
        assert_string_equal(added(add_of_ipv4, "192.0.2.1"), "192.0.2.1");
        assert_string_equal(added(add_of_ipv4, "2001:db8::1"), "");
        assert_string_equal(added(add_of_ipv6, "192.0.2.1"), "");
        assert_string_equal(added(add_of_ipv6, "[2001:db8::1]"), "2001:db8::1");
        assert_string_equal(added(add_of_ipv4, "host.example"),
                            "?names are not resolved before the network is up");
        /* A name that can only be what the list leaves out is no lack of it. */
        assert_int_equal(add_of_ipv4(&list, "host.example", "/f", 1, ""), 0);
        assert_int_equal(list.unknown_count, 0);
        assert_int_equal(host_add(&list, "host.example", "/f", 1, ""), 0);
        assert_int_equal(list.unknown_count, 1);
}

static void test_what_needs_no_wait(void **state) {
        (void)state;
        assert_string_equal(added(host_add, ""), "");
        assert_string_equal(added(host_add, "*"), "");
        assert_string_equal(added(host_add, "localhost"), "");
        assert_string_equal(added(host_add_bracketed, ""), "");
        assert_string_equal(added(host_add_bracketed, "[]"), "");
}

static void test_unknown(void **state) {
        (void)state;
        assert_string_equal(added(host_add, "host.example"),
                            "?names are not resolved before the network is up");
        assert_string_equal(added(host_add, "[2001:db8::1]"), "?this is no address");
        assert_string_equal(added(host_add, "2001:db8::zz"), "?this is no address");
        assert_string_equal(added(host_add, "192.0.2.300"), "?this is no address");
        assert_string_equal(added(host_add, "192.0.2.1.example"),
                            "?names are not resolved before the network is up");
        assert_string_equal(added(host_add, "fe80::1%sixteen-letters--"),
                            "?no interface can have this name");
        assert_string_equal(added(host_add_bracketed, "["),
                            "?names are not resolved before the network is up");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_addresses),
                cmocka_unit_test(test_ipv4_as_getaddrinfo_reads_it),
                cmocka_unit_test(test_one_family),
                cmocka_unit_test(test_what_needs_no_wait),
                cmocka_unit_test(test_unknown),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
