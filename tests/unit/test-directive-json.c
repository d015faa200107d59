/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Statements=json: members, lists, blocks, comments and included files. */

#include "directive-fixture.h"
#include "log-fixture.h"

#define JSON BIND "Statements=json\n"

static void test_members(void **state) {
        log_fixture_begin();
        assert_string_equal(found(state, JSON, "{\"bind\":\"::2\"}"), "::2");
        assert_string_equal(found(state, JSON, "{ \"x\": 1,\n\t\"bind\" : \"[::2]:80\", }"), "::2");
        assert_string_equal(found(state, JSON, "{ \"bind\": \"tcp:\\/\\/[::2]:80\" }"), "::2");
        assert_string_equal(found(state, JSON, "{ \"x\": \"bind ::2\", \"y\": \"bind\" }"), "");
        assert_string_equal(found(state, JSON, "{ \"x\\\"\": \"\\\\\", \"bind\": \"::2\" }"),
                            "::2");
        assert_string_equal(found(state, JSON, "{ \"bind\": null, \"bind\": 2, \"bind\": \"\" }"),
                            "");
        assert_string_equal(found(state, JSON, "{ \"bind x\": \"::2\", \"rebind\": \"::3\" }"), "");
        assert_string_equal(found(state, JSON, ""), "");
        log_fixture_end("");
}

static void test_lists(void **state) {
        assert_string_equal(found(state, JSON, "{ \"bind\": [ \"::2\", \"::3\" ] }"), "::2 ::3");
        assert_string_equal(found(state, JSON, "{ \"bind\": [[ \"::2\" ], [], [ \"::3\" ]] }"),
                            "::2 ::3");
        assert_string_equal(found(state, JSON, "{ \"x\": [ \"bind\", \"::2\" ], \"bind\": [] }"),
                            "");
        assert_string_equal(found(state, JSON "Directive=bind/address\n",
                                  "{ \"bind\": [ \"::2\", { \"address\": \"::3\" },\n"
                                  "{ \"address\": [ \"::4\" ], \"x\": \"::5\" }, \"::6\" ] }"),
                            "::2 ::3 ::4 ::6");
}

static void test_blocks(void **state) {
        const char *language = "Statements=json\nDirective=/bind web/http/bind\n";

        assert_string_equal(found(state, language, "{ \"bind\": \"::2\" }"), "::2");
        assert_string_equal(found(state, language, "{ \"x\": { \"bind\": \"::2\" } }"), "");
        assert_string_equal(found(state, language,
                                  "{ \"web\": { \"http\": { \"bind\": \"::2\" }, \"bind\": \"::3\","
                                  " \"ftp\": { \"bind\": \"::4\" } }, \"bind\": \"::5\" }"),
                            "::2 ::5");
        assert_string_equal(found(state, JSON "Repeat=replace\n",
                                  "{ \"a\": { \"bind\": \"::2\" }, \"b\": { \"bind\": \"::3\","
                                  " \"bind\": \"::4\" } }"),
                            "::2 ::4");
}

static void test_comments(void **state) {
        assert_string_equal(
                found(state, JSON,
                      "# {\n{ // \"bind\": \"::2\",\n\"bind\": /* \"::3\" */ \"::4\" }"),
                "::4");
        assert_string_equal(found(state, JSON, "{ \"x\": \"// # /*\", \"bind\": \"::2\" }"), "::2");
}

static void test_interfaces(void **state) {
        const char *language = JSON "Interfaces=link-local\nAllAddresses=*\n";

        assert_string_equal(
                found(state, language, "{ \"bind\": [ \"eth0\", \"eth1/2001:db8::1\" ] }"),
                "fe80::/10%eth0 fe80::/10%eth1 2001:db8::1");
        assert_string_equal(found(state, language, "{ \"bind\": [ \"lo\", \"*\" ] }"), "fe80::/10");
        assert_string_equal(found(state, JSON "Interfaces=yes\n", "{ \"bind\": [ \"eth0\" ] }"),
                            "any%eth0");
        assert_string_equal(found(state, JSON, "{ \"bind\": [ \"eth0\" ] }"), "");
}

static void test_includes(void **state) {
        const char *language = "Statements=json\nInclude=<?include\nIncludeBase=/etc/daemon\n"
                               "Directive=web/bind web/bind/values\n";

        log_fixture_begin();
        fixture_write(*state, "/etc/daemon/list", "\"::2\", \"::3\"");
        fixture_write(*state, "/etc/daemon/value", "{ \"bind\": \"::4\" }");
        fixture_write(*state, "/etc/daemon/members", "\"x\": {}, \"bind\": \"::5\",");
        assert_string_equal(found(state, language,
                                  "{ \"web\": { \"bind\": [ \"::9\", <?include \"list\"?> ] } }"),
                            "::9 ::2 ::3");
        assert_string_equal(
                found(state, language,
                      "{ \"web\": <?include \"/etc/daemon/value\"?>, \"bind\": \"::9\" }"),
                "::4");
        assert_string_equal(found(state, language,
                                  "{ \"web\": { <?include \"members\"?> \"bind\": \"::6\" } }"),
                            "::5 ::6");
        assert_string_equal(found(state, language,
                                  "{ \"web\": { <?include \"daemon.conf\"?> \"bind\": \"::6\" } }"),
                            "::6");
        log_fixture_end(CONFIG ": This file includes itself, ignoring that.\n");
}

static void test_malformed(void **state) {
        static const char *const TEXTS[] = {
                "{ \"bind\": \"::2\"\n, } }",
                "{ \"bind\": \"::2\",\n \"x",
                "{ \"bind\": \"::2\",\n \"x\ny\": 1 }",
                "{ \"bind\": \"::2\"\n ]",
                "{ \"bind\": \"::2\",\n bind = ::3",
                "{ \"bind\": \"::2\",\n \"x\": ",
                "{ \"bind\": \"::2\",\n <?include list?> }",
                "{ \"bind\": \"::2\",\n <x> }",
                "{ \"bind\": \"::2\"\n",
        };

        for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
                log_fixture_begin();
                assert_string_equal(found(state, JSON, TEXTS[i]), "::2");
                log_fixture_end(CONFIG ":2: This is no JSON, ignoring what follows.\n");
        }
}

/* Beyond the limit nothing is read; it is said. */
static void test_depth(void **state) {
        char text[400];

        memset(text, '[', 70);
        (void)snprintf(text + 70, sizeof(text) - 70, "\"::2\"");
        log_fixture_begin();
        assert_string_equal(found(state, JSON, text), "");
        log_fixture_end(CONFIG ":1: This is no JSON, ignoring what follows.\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
static const struct CMUnitTest TESTS[] = {
        TEST(test_members),    TEST(test_lists),    TEST(test_blocks),    TEST(test_comments),
        TEST(test_interfaces), TEST(test_includes), TEST(test_malformed), TEST(test_depth),
};

int main(void) {
        return cmocka_run_group_tests(TESTS, NULL, NULL);
}
