/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/address-list.h"
#include "unit.h"

static void add(struct address_list *list, const char *text) {
        struct pattern pattern;

        assert_int_equal(pattern_parse(text, &pattern), 0);
        assert_int_equal(address_list_add(list, &pattern, "/etc/file", 7, text), 0);
}

static void assert_list(const struct address_list *list, const char *const *expected) {
        size_t count = 0;

        while (expected[count])
                count++;
        assert_int_equal(list->count, count);
        for (size_t i = 0; i < count; i++) {
                char buffer[PATTERN_STRING_SIZE];

                assert_string_equal(pattern_format(&list->items[i].pattern, buffer), expected[i]);
        }
}

#define ASSERT_LIST(list, ...) assert_list(list, (const char *const[]){ __VA_ARGS__, NULL })

static void test_origin_is_kept(void **state) {
        CLEANUP(address_list_clear) struct address_list list = { 0 };

        (void)state;
        add(&list, "2001:db8::1");
        assert_int_equal(address_list_add(&list, &list.items[0].pattern, "/f", 1, " \ta b\r\n"), 0);
        assert_string_equal(list.items[0].file, "/etc/file");
        assert_int_equal(list.items[0].line, 7);
        assert_string_equal(list.items[1].text, "a b");
}

static void test_repetitions_go_and_the_first_stays(void **state) {
        CLEANUP(address_list_clear) struct address_list list = { 0 }, none = { 0 };

        (void)state;
        add(&list, "2001:db8::2");
        add(&list, "2001:db8::1");
        add(&list, "2001:db8:0::2");
        add(&list, "2001:db8::2%eth0");
        add(&list, "2001:db8::2/128");
        add(&list, "2001:db8::1");
        list.items[5].line = 9;
        assert_int_equal(address_list_reduce(&list, &none), 0);
        ASSERT_LIST(&list, "2001:db8::2", "2001:db8::1", "2001:db8::2%eth0", "2001:db8::2/128");
        assert_int_equal(list.items[1].line, 7);
}

static void test_what_needs_no_waiting_goes(void **state) {
        CLEANUP(address_list_clear) struct address_list list = { 0 }, none = { 0 };

        (void)state;
        add(&list, "::");
        add(&list, "::1");
        add(&list, "0.0.0.0");
        add(&list, "::ffff:127.0.0.1");
        add(&list, "ff02::1%eth0");
        assert_int_equal(address_list_reduce(&list, &none), 0);
        assert_int_equal(list.count, 0);
        add(&list, "any"); /* a list that became empty can be filled again */
        ASSERT_LIST(&list, "any");
}

/* Also where a list is moved; what has been left out does not count. */
static void test_families(void **state) {
        CLEANUP(address_list_clear)
        struct address_list ipv6 = { .left_out = ADDRESS_IPV4 },
                            ipv4 = { .left_out = ADDRESS_IPV6 }, both = { 0 };

        (void)state;
        for (int i = 0; i < ADDRESS_LIST_MAX; i++)
                add(&ipv6, "192.0.2.1");
        assert_int_equal(ipv6.count, 0);
        add(&both, "2001:db8::1");
        add(&both, "192.0.2.1");
        add(&both, "any");
        add(&both, "any-ipv4");
        add(&both, "::ffff:192.0.2.2");
        ASSERT_LIST(&both, "2001:db8::1", "192.0.2.1", "any", "any-ipv4", "192.0.2.2");
        assert_int_equal(address_list_move(&both, &ipv6), 0);
        ASSERT_LIST(&ipv6, "2001:db8::1", "any");
        add(&both, "192.0.2.1");
        add(&both, "2001:db8::1");
        assert_int_equal(address_list_move(&both, &ipv4), 0);
        ASSERT_LIST(&ipv4, "192.0.2.1");
        address_list_clear(&ipv4);
        add(&ipv4, "2001:db8::1");
        assert_int_equal(ipv4.count, 0);
}

static void test_ignored_ipv4(void **state) {
        CLEANUP(address_list_clear) struct address_list list = { 0 }, ignored = { 0 };

        (void)state;
        add(&list, "192.0.2.1");
        add(&list, "192.0.2.129%eth0");
        add(&list, "198.51.100.1");
        add(&list, "2001:db8::1");
        add(&ignored, "any");
        assert_int_equal(address_list_reduce(&list, &ignored), 0);
        ASSERT_LIST(&list, "192.0.2.1", "192.0.2.129%eth0", "198.51.100.1");
        add(&ignored, "192.0.2.128/25");
        add(&ignored, "::ffff:198.51.100.1");
        assert_int_equal(address_list_reduce(&list, &ignored), 0);
        ASSERT_LIST(&list, "192.0.2.1");
        add(&list, "2001:db8::1");
        add(&list, "any");
        address_list_clear(&ignored);
        add(&ignored, "any-ipv4");
        assert_int_equal(address_list_reduce(&list, &ignored), 0);
        ASSERT_LIST(&list, "2001:db8::1", "any");
}

static void test_ignored(void **state) {
        CLEANUP(address_list_clear) struct address_list list = { 0 }, ignored = { 0 };

        (void)state;
        add(&list, "2001:db8::1");
        add(&list, "2001:db8::1%eth0");
        add(&list, "2001:db8:1::1");
        add(&list, "2001:db8:1::/64");
        add(&list, "2001:db8::/32");
        add(&list, "fe80::1%eth0");
        add(&list, "fe80::1%eth1");
        add(&list, "2001:db8::2");
        add(&ignored, "2001:db8::1");
        add(&ignored, "2001:db8:1::/48");
        add(&ignored, "fe80::1%eth1");
        assert_int_equal(address_list_reduce(&list, &ignored), 0);
        ASSERT_LIST(&list, "2001:db8::/32", "fe80::1%eth0", "2001:db8::2");
}

static void test_thousands(void **state) {
        CLEANUP(address_list_clear) struct address_list list = { 0 }, none = { 0 };

        (void)state;
        for (unsigned i = 0; i < 20000; i++) {
                char text[64];

                (void)snprintf(text, sizeof(text), "2001:db8::%x", i % 10000 + 1);
                add(&list, text);
        }
        assert_int_equal(address_list_reduce(&list, &none), 0);
        assert_int_equal(list.count, 10000);
        address_list_truncate(&list, 3);
        ASSERT_LIST(&list, "2001:db8::1", "2001:db8::2", "2001:db8::3");
        address_list_truncate(&list, 100);
        assert_int_equal(list.count, 3);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_origin_is_kept),
                cmocka_unit_test(test_repetitions_go_and_the_first_stays),
                cmocka_unit_test(test_what_needs_no_waiting_goes),
                cmocka_unit_test(test_ignored),
                cmocka_unit_test(test_families),
                cmocka_unit_test(test_ignored_ipv4),
                cmocka_unit_test(test_thousands),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
