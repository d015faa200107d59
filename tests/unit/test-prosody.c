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

static void test_services(void **state) {
        static const char BOTH[] = "interfaces = \"2001:db8::1\" %s = { \"2001:db8::2\" } %s\n";
        static const struct {
                const char *setting, *other;
                bool is_bound;
        } CASES[] = {
                { "http_interface", "", true },
                { "c2s_interfaces", "c2s_ports = { 5222 }", true },
                { "c2s_interfaces", "c2s_ports = { }", false },
                { "c2s_interfaces", "c2s_ports = { } c2s_ports = 5222", true },
                { "c2s_interfaces", "modules_disabled = { \"s2s\" }", true },
                { "s2s_interfaces", "modules_disabled = { \"c2s\", \"s2s\" }", false },
                { "s2s_interfaces", "modules_disabled = { \"s2s\" } s2s_ports = { 1 }", false },
                { "s2s_interfaces", "modules_disabled = nil x = { \"s2s\" }", true },
                { "c2s_direct_tls_interfaces", "", false },
                { "c2s_direct_tls_interfaces", "c2s_direct_tls_ports = { 5223 }", true },
                { "c2s_direct_tls_interfaces", "c2s_direct_tls_ports = nil", false },
                { "x_interfaces", "", false },
        };

        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, BOTH, CASES[i].setting, CASES[i].other) > 0);
                assert_string_equal(found(state, text),
                                    CASES[i].is_bound ? "2001:db8::1 2001:db8::2" : "2001:db8::1");
        }
        assert_string_equal(
                found(state, "c2s_interface = \"2001:db8::1\" c2s_interfaces = \"2001:db8::2\"\n"),
                "2001:db8::2");
        assert_string_equal(found(state, "interfaces = \"2001:db8::1\" interfaces = nil\n"), "");
}

static void test_environment(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(string_list_clear) struct string_list environment = { 0 };
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .environment = &environment,
        };

        assert_int_equal(string_list_add(&environment, "V6=2001:db8::1"), 0);
        fixture_write(fixture, CONFIG, "interfaces = { ENV_V6, \"2001:db8::2\" }\n");
        assert_string_equal(fixture_read(fixture, prosody_read, &source),
                            "2001:db8::1 2001:db8::2");
        fixture_write(fixture, CONFIG, "interfaces = { ENV_X }\n");
        assert_string_equal(fixture_read(fixture, prosody_read, &source), "");
        assert_string_equal(fixture->unknown, "prosody.cfg.lua:1:interfaces");
}

static void test_included_host(void **state) {
        fixture_write(*state, "/etc/prosody/h",
                      "VirtualHost \"x\"\ninterfaces = \"2001:db8::2\"\n");
        assert_string_equal(found(state, "Include \"h\"\ninterfaces = \"2001:db8::1\"\n"),
                            "2001:db8::1");
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
                TEST(test_values),        TEST(test_statements), TEST(test_comments),
                TEST(test_includes),      TEST(test_services),   TEST(test_environment),
                TEST(test_included_host), TEST(test_unknown),    TEST(test_private_files),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
