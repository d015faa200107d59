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
        add(&list, "192.0.2.1");
        add(&list, "::ffff:192.0.2.1");
        add(&list, "ff02::1%eth0");
        assert_int_equal(address_list_reduce(&list, &none), 0);
        assert_int_equal(list.count, 0);
        add(&list, "any"); /* a list that became empty can be filled again */
        ASSERT_LIST(&list, "any");
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
                cmocka_unit_test(test_thousands),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
