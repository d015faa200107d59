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
}

static void test_what_needs_no_wait(void **state) {
        (void)state;
        assert_string_equal(added(host_add, ""), "");
        assert_string_equal(added(host_add, "*"), "");
        assert_string_equal(added(host_add, "localhost"), "");
        assert_string_equal(added(host_add, "192.0.2.1"), "");
        assert_string_equal(added(host_add_bracketed, ""), "");
        assert_string_equal(added(host_add_bracketed, "[]"), "");
}

static void test_unknown(void **state) {
        (void)state;
        assert_string_equal(added(host_add, "host.example"),
                            "?names are not resolved before the network is up");
        assert_string_equal(added(host_add, "[2001:db8::1]"), "?this is no address");
        assert_string_equal(added(host_add, "2001:db8::zz"), "?this is no address");
        assert_string_equal(added(host_add, "fe80::1%sixteen-letters--"),
                            "?no interface can have this name");
        assert_string_equal(added(host_add_bracketed, "["),
                            "?names are not resolved before the network is up");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_addresses),
                cmocka_unit_test(test_what_needs_no_wait),
                cmocka_unit_test(test_unknown),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
