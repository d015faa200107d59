/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define CONFIG "/etc/prosody/prosody.cfg.lua"

static const char *found(void **state, const char *config) {
        return fixture_find(*state, prosody_read, CONFIG, config);
}

static void test_values(void **state) {
        assert_string_equal(found(state, "interfaces = { \"2001:db8::1\", '2001:db8::2'; }\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "interface = \"2001:db8::1\"\n"), "2001:db8::1");
        assert_string_equal(found(state, "interfaces = { [[2001:db8::1]], [==[2001:db8::2]==] }"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(
                found(state, "interfaces = { \"*\", \"::\", \"127.0.0.1\", \"localhost\" }\n"), "");
        assert_string_equal(found(state, "interfaces = \"\\050001:db8::1\"\n"), "2001:db8::1");
        assert_string_equal(found(state, "interfaces = \"\\050\\x30\\48\\49:db8::1\"\n"),
                            "2001:db8::1");
}

static void test_statements(void **state) {
        assert_string_equal(
                found(state, "x = 1 interfaces = { \"2001:db8::1\" } y = \"2001:db8::2\""),
                "2001:db8::1");
        assert_string_equal(
                found(state, "interfaces = \"2001:db8::1\"; c2s_interfaces = \"2001:db8::2\"\n"),
                "2001:db8::1 2001:db8::2");
        assert_string_equal(
                found(state, "interfaces = \"2001:db8::1\"\ninterfaces = \"2001:db8::2\"\n"),
                "2001:db8::2");
        assert_string_equal(
                found(state,
                      "x = { interfaces = \"2001:db8::1\" }\nlocal_interfaces = \"2001:db8::2\"\n"),
                "");
        assert_string_equal(found(state, "VirtualHost \"x\"\ninterfaces = \"2001:db8::1\"\n"), "");
}

static void test_comments(void **state) {
        assert_string_equal(
                found(state,
                      "-- interfaces = \"2001:db8::1\"\n--[[\ninterfaces = \"2001:db8::1\"\n]]\n--[==[ ]] interfaces = \"2001:db8::1\"\n]==]\ninterfaces = { --[[ \"2001:db8::1\" ]] \"2001:db8::2\" }\n"),
                "2001:db8::2");
        assert_string_equal(found(state, "interfaces = { \"2001:db8::1\n"), "2001:db8::1");
        assert_string_equal(found(state, "interfaces = [[2001:db8::1"), "2001:db8::1");
        assert_string_equal(found(state, "interfaces"), "");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/prosody/d/a.cfg.lua", "interfaces = \"2001:db8::1\"\n");
        assert_string_equal(found(state, "Include \"d/*.cfg.lua\"\n"), "2001:db8::1");
        assert_string_equal(
                found(state,
                      "interfaces = \"2001:db8::2\"\nInclude \"/etc/prosody/d/a.cfg.lua\"\n"),
                "2001:db8::1");
        assert_string_equal(
                found(state, "interfaces = \"2001:db8::1\"\nInclude \"prosody.cfg.lua\"\n"),
                "2001:db8::1");
        assert_string_equal(found(state, "Include \"missing\"\n"), "");
}

static void test_unknown(void **state) {
        const struct fixture *fixture = *state;

        found(state, "\ninterfaces = { x }\n");
        assert_string_equal(fixture->unknown, "prosody.cfg.lua:2:interfaces");
        found(state, "interfaces = f(\"x\")\n");
        assert_string_equal(fixture->unknown, "prosody.cfg.lua:1:interfaces");
        found(state, "interfaces = { \"host.example\" }\n");
        assert_string_equal(fixture->unknown, "prosody.cfg.lua:1:host.example");
}

static void test_private_files(void **state) {
        assert_string_equal(fixture_shown(*state, prosody_read, CONFIG,
                                          "interfaces = { \"2001:db8::1\" } -- secret\n"),
                            "interfaces|");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_values),   TEST(test_statements), TEST(test_comments),
                TEST(test_includes), TEST(test_unknown),    TEST(test_private_files),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
