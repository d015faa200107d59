/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "unit.h"
#include "units/unit-name.h"

#include <string.h>

static void test_is_service(void **state) {
        char name[300];

        (void)state;
        assert_true(unit_name_is_service("a.service"));
        assert_true(unit_name_is_service("a@.service"));
        assert_true(unit_name_is_service("a@b\\x2dc.service"));
        assert_false(unit_name_is_service(".service"));
        assert_false(unit_name_is_service("@.service"));
        assert_false(unit_name_is_service("a.socket"));
        assert_false(unit_name_is_service("service"));
        assert_false(unit_name_is_service(""));
        assert_false(unit_name_is_service("../a.service"));
        assert_false(unit_name_is_service("a b.service"));
        assert_false(unit_name_is_service("a\n.service"));
        assert_false(unit_name_is_service("a%i.service"));
        assert_false(unit_name_is_valid("a."));
        assert_true(unit_name_is_valid("a.socket"));

        memset(name, 'x', 247);
        strcpy(name + 247, ".service");
        assert_true(unit_name_is_service(name));
        memset(name, 'x', 248);
        strcpy(name + 248, ".service");
        assert_false(unit_name_is_service(name));
}

/* "NAME.d" has to be a name as well. */
static void test_may_have_drop_ins(void **state) {
        char name[300];

        (void)state;
        memset(name, 'x', 245);
        strcpy(name + 245, ".service");
        assert_true(unit_name_may_have_drop_ins(name));
        memset(name, 'x', 246);
        strcpy(name + 246, ".service");
        assert_false(unit_name_may_have_drop_ins(name));
}

static void test_is_meant(void **state) {
        (void)state;
        assert_true(unit_name_is_meant("a", "a.service"));
        assert_true(unit_name_is_meant("a.service", "a.service"));
        assert_true(unit_name_is_meant("a.socket", "a.socket"));
        assert_false(unit_name_is_meant("a", "a.socket"));
        assert_false(unit_name_is_meant("a", "ab.service"));
        assert_false(unit_name_is_meant("ab", "a.service"));
        assert_true(unit_name_is_instance_meant("a", "a@b.service"));
        assert_true(unit_name_is_instance_meant("a.service", "a@-.service"));
        assert_false(unit_name_is_instance_meant("a", "a.service"));
        assert_false(unit_name_is_instance_meant("a", "ab@c.service"));
        assert_false(unit_name_is_instance_meant("ab", "a@b.service"));
        assert_false(unit_name_is_instance_meant("a@b", "a@b.service"));
}

static void test_template(void **state) {
        (void)state;
        assert_true(unit_name_is_template("a@.service"));
        assert_false(unit_name_is_template("a@b.service"));
        assert_false(unit_name_is_template("a.service"));
}

static void test_split(void **state) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;

        (void)state;
        assert_int_equal(unit_name_split("a.service", &template, &instance), 0);
        assert_null(template);
        assert_int_equal(unit_name_split("a@.service", &template, &instance), 0);
        assert_null(instance);
        assert_int_equal(unit_name_split("a@b@c.service", &template, &instance), 1);
        assert_string_equal(template, "a@.service");
        assert_string_equal(instance, "b@c");
}

static void test_join(void **state) {
        CLEANUP(freep) char *name = NULL, *none = NULL;

        (void)state;
        assert_int_equal(unit_name_join("a@.service", "b-1", &name), 0);
        assert_string_equal(name, "a@b-1.service");
        assert_int_equal(unit_name_join("a@.service", "", &none), -EINVAL);
        assert_int_equal(unit_name_join("a@.service", "b/c", &none), -EINVAL);
        assert_int_equal(unit_name_join("a@.service", "b c", &none), -EINVAL);
        assert_null(none);
}

/* As systemd-escape(1) and its --unescape. */
static void test_escape(void **state) {
        static const struct {
                const char *path, *name;
        } cases[] = {
                { "15/main", "15-main" },   { "a-b/c", "a\\x2db-c" },
                { ".a b", "\\x2ea\\x20b" }, { "a.b_c:d", "a.b_c:d" },
                { "a\\b", "a\\x5cb" },      { "\xc3\xa4@", "\\xc3\\xa4\\x40" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                CLEANUP(freep) char *name = unit_name_escape_path(cases[i].path);
                CLEANUP(freep) char *path = unit_name_unescape(cases[i].name);

                assert_string_equal(name, cases[i].name);
                assert_string_equal(path, cases[i].path);
        }
}

static void test_unescape_takes_anything(void **state) {
        CLEANUP(freep) char *text = unit_name_unescape("a\\x2\\xzz\\");

        (void)state;
        assert_string_equal(text, "a\\x2\\xzz\\");
}

/* Static text; valid until the next call. */
static const char *shortened(const char *name) {
        CLEANUP(freep) char *shorter = NULL;
        static char text[64];
        int r = unit_name_shorten(name, &shorter);

        assert_int_equal(r, shorter ? 1 : 0);
        (void)snprintf(text, sizeof(text), "%s", shorter ? shorter : "none");
        return text;
}

static void test_shorten(void **state) {
        (void)state;
        assert_string_equal(shortened("a.service"), "none");
        assert_string_equal(shortened("-a.service"), "none");
        assert_string_equal(shortened("a-.service"), "none");
        assert_string_equal(shortened("a-b.service"), "a-.service");
        assert_string_equal(shortened("a-b-c.service"), "a-b-.service");
        assert_string_equal(shortened("a-b-.service"), "a-.service");
        assert_string_equal(shortened("a--.service"), "a-.service");
        assert_string_equal(shortened("a-b@.service"), "a-.service");
        assert_string_equal(shortened("a-b@c-d.service"), "a-@c-d.service");
        assert_string_equal(shortened("a@c-d.service"), "none");
        assert_string_equal(shortened("a-b.socket"), "a-.socket");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_is_service), cmocka_unit_test(test_may_have_drop_ins),
                cmocka_unit_test(test_is_meant),   cmocka_unit_test(test_template),
                cmocka_unit_test(test_split),      cmocka_unit_test(test_join),
                cmocka_unit_test(test_escape),     cmocka_unit_test(test_unescape_takes_anything),
                cmocka_unit_test(test_shorten),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
