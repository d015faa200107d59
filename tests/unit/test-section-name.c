/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/section-name.h"

#include "common/cleanup.h"
#include "unit.h"

#include <errno.h>
#include <string.h>

static void check(const char *name, int expected, const char *names, const char *words) {
        struct string_list lists[2] = { 0 };
        char text[2][128] = { "", "" };

        assert_int_equal(section_name_expand(name, &lists[0], &lists[1]), expected);
        for (int i = 0; i < 2; i++) {
                for (size_t k = 0; k < lists[i].count; k++) {
                        strcat(text[i], k > 0 ? " " : "");
                        strcat(text[i], lists[i].items[k]);
                }
                string_list_clear(&lists[i]);
        }
        if (expected < 0)
                return;
        assert_string_equal(text[0], names);
        assert_string_equal(text[1], words);
}

static void test_plain_names(void **state) {
        (void)state;
        check("a.service", 0, "a.service", "");
        check("a@.service", 0, "a@.service", "");
        check("a,b.service", 0, "a,b.service", "");
        check("", 0, "", "");
}

static void test_braces(void **state) {
        (void)state;
        check("a{1,22,3}-b.service", 0, "a1-b.service a22-b.service a3-b.service", "1 22 3");
        check("{a,b}", 0, "a b", "a b");
        check("a{1}", 0, "a1", "1");
}

static void test_what_is_no_name(void **state) {
        (void)state;
        check("a{1,2", -EINVAL, NULL, NULL);
        check("a{}", -EINVAL, NULL, NULL);
        check("a{,1}", -EINVAL, NULL, NULL);
        check("a{1,}", -EINVAL, NULL, NULL);
        check("a{1{2}}", -EINVAL, NULL, NULL);
        check("a{1}{2}", -EINVAL, NULL, NULL);
        check("a{1}@.service", -EINVAL, NULL, NULL);
        check("a@{1,2}.service", -EINVAL, NULL, NULL);
}

static void advise(const char *name, const char *expected) {
        CLEANUP(freep) char *advice = NULL;

        assert_int_equal(section_name_advise(name, &advice), 0);
        assert_non_null(strstr(advice, expected));
}

static void test_advice(void **state) {
        (void)state;
        advise("Dadwait", "mean [dadwait]?");
        advise(" dadwait ", "mean [dadwait]?");
        advise("dadwait.service", "mean [dadwait]?");
        advise("General", "mean [dadwait]?");
        advise("Sockets", "mean [sockets]?");
        advise("socket", "mean [sockets]?");
        advise("a", "mean [a.service]?");
        advise("dadwaits", "mean [dadwaits.service]?");
        advise("a@", "mean [a@.service]?");
        advise("*.service", "wildcards");
        advise("a.service b.service", "several services");
        advise("a,b", "several services");
        advise("a{1,}", "several services");
        advise("Service", "names a service");
        advise("a.socket", "names a service");
        advise("/a.service", "names a service");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_plain_names),
                cmocka_unit_test(test_braces),
                cmocka_unit_test(test_what_is_no_name),
                cmocka_unit_test(test_advice),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
