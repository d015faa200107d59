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

static void test_locals(void **state) {
        static const struct {
                const char *program, *expected;
        } CASES[] = {
                { "local a = \"::2\" interfaces = { a, \"::3\" }", "::2 ::3" },
                { "local a, b = \"::2\", '::3'; interfaces = { b, a }", "::3 ::2" },
                { "local a <const> = \"::2\" interfaces = a", "::2" },
                { "local t = { \"::2\"; \"::3\" } interfaces = t", "::2 ::3" },
                { "local a = \"::2\" a = \"::3\" interfaces = a", "::3" },
                { "local a = \"::2\" local a = \"::3\" interfaces = a", "::3" },
                { "local a = nil interfaces = { \"::2\", a, \"::3\" }", "::2" },
                { "local interfaces = \"::2\" interfaces = \"::3\"", "" },
                { "interfaces = { \"::\" .. 2, (\"::\") .. \"3\" }", "::2 ::3" },
                { "local p = \"2001:db8:\" local i = { p .. \":2\", p..\":3\" } interfaces = i",
                  "2001:db8::2 2001:db8::3" },
                { "interfaces = { ENV_NO or \"::2\", nil or \"::3\", \"::4\" or \"::5\" }",
                  "::2 ::3 ::4" },
                { "interfaces = (((\"::2\")))", "::2" },
                { "local f = function() return \"::9\" end interfaces = \"::2\"", "::2" },
                { "local function f() local a = 1 end interfaces = \"::2\"", "::2" },
                { "Include(\"more\")", "::a" },
                { "local d = \"/etc/\" Include(d .. \"prosody/more\")", "::a" },
                { "VirtualHost(\"x\") interfaces = \"::2\"", "" },
        };
        const struct fixture *fixture = *state;

        fixture_write(fixture, "/etc/prosody/more", "interfaces = \"::a\"\n");
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                assert_string_equal(found(state, CASES[i].program), CASES[i].expected);
                assert_string_equal(fixture->unknown, "");
        }
}

/* Each has "::2" that is known, and what is not. */
static void test_not_known(void **state) {
        static const char *const PROGRAMS[] = {
                "interfaces = { \"::2\", x }",
                "interfaces = { \"::2\", x.y, }",
                "interfaces = { \"::2\", f(\"::3\", { \"::4\" }) }",
                "interfaces = { (\"::3\"):upper(), \"::2\" }",
                "interfaces = { x = \"::3\", \"::2\" }",
                "interfaces = { \"::2\", \"::3\" .. x }",
                "interfaces = { \"::2\", x and \"::3\" }",
                "interfaces = { \"::2\", x and \"::3\" or \"::4\" }",
                "interfaces = { \"::2\", { \"::3\" } }",
                "interfaces = { \"::2\", function() return \"::3\" end }",
                "local a interfaces = { \"::2\", a }",
                "local a = \"::3\" if x then a = \"::4\" end interfaces = { \"::2\", a }",
                "local a = \"::3\" do local a = \"::4\" end interfaces = { \"::2\", a }",
                "local a, b = \"::3\" a, b = \"::4\", \"::5\" interfaces = { \"::2\", a }",
                "local a, b = \"::3\" b, a = \"::4\", \"::5\" interfaces = { \"::2\", a }",
                "interfaces = { \"::2\" } if x then interfaces = { \"::3\" } end",
                "interfaces = { \"::2\" } c2s_interfaces = x",
                "local t = { \"::3\" } t[2] = \"::4\" s2s_interfaces = t interfaces = \"::2\"",
                "local t = { \"::3\" } f(t) s2s_interfaces = t interfaces = \"::2\"",
        };
        const struct fixture *fixture = *state;

        for (size_t i = 0; i < sizeof(PROGRAMS) / sizeof(PROGRAMS[0]); i++) {
                assert_string_equal(found(state, PROGRAMS[i]), "::2");
                assert_non_null(strstr(fixture->unknown, "interfaces"));
        }
}

static void test_unknown_include(void **state) {
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, "interfaces = \"::2\"\nInclude(x)\n"), "::2");
        assert_string_equal(fixture->unknown, "prosody.cfg.lua:2:Include");
        assert_string_equal(found(state, "Include(\"/etc/\" .. x)\ninterfaces = \"::2\"\n"), "::2");
        assert_string_equal(fixture->unknown, "prosody.cfg.lua:1:Include");
}

/* Neither grows beyond all bounds. */
static void test_bounds(void **state) {
        const struct fixture *fixture = *state;
        char program[8192] = "local a = \"12345678\" ";

        for (unsigned i = 0; i < 100; i++)
                strcat(program, "a = a .. a ");
        assert_string_equal(found(state, strcat(program, "interfaces = a")), "");
        assert_string_equal(fixture->unknown, "prosody.cfg.lua:1:interfaces");
        strcpy(program, "interfaces = ");
        memset(program + strlen(program), '(', 5000);
        assert_string_equal(found(state, program), "");
        program[0] = '\0';
        for (unsigned i = 0; i < 300; i++)
                strcat(program, "local a = \"::2\" ");
        assert_string_equal(found(state, strcat(program, "interfaces = a")), "::2");
}

static void test_private_files(void **state) {
        assert_string_equal(fixture_shown(*state, prosody_read, CONFIG,
                                          "interfaces = { \"2001:db8::1\" } -- secret\n"),
                            "interfaces|");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_values),          TEST(test_statements), TEST(test_comments),
                TEST(test_includes),        TEST(test_services),   TEST(test_environment),
                TEST(test_included_host),   TEST(test_unknown),    TEST(test_private_files),
                TEST(test_locals),          TEST(test_not_known),  TEST(test_bounds),
                TEST(test_unknown_include),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
