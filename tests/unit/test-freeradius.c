/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"
#include "log-fixture.h"

#define CONFIG "/etc/raddb/radiusd.conf"

static const char *found(void **state, const char *config) {
        return fixture_find(*state, freeradius_read, CONFIG, config);
}

static void test_listeners(void **state) {
        assert_string_equal(found(state, "listen {\nipv6addr = 2001:db8::1\n}\n"), "2001:db8::1");
        assert_string_equal(found(state, "server x {\nlisten {\nipaddr = 2001:db8::1\n}\n}\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "server x { listen { ipaddr = 2001:db8::1, port = 1 } }"),
                            "2001:db8::1");
        assert_string_equal(found(state, "listen y {\nipv6addr=2001:db8::1\n}"), "2001:db8::1");
        assert_string_equal(found(state, "clients {\nlisten {\nipaddr = 2001:db8::1\n}\n}\n"), "");
        assert_string_equal(found(state, "client x {\nipaddr = 2001:db8::1\n}\n"), "");
        assert_string_equal(found(state, "ipaddr = 2001:db8::1\n"), "");
        assert_string_equal(
                found(state,
                      "listen {\nipaddr = 2001:db8::1\nlimit {\nipaddr = 2001:db8::2\n}\n}\n"),
                "2001:db8::1");
        assert_string_equal(found(state, "listen {\nipaddr = 2001:db8::1\n"), "");
}

/* The first that is set of ipaddr, ipv4addr and ipv6addr. */
static void test_keys(void **state) {
        assert_string_equal(
                found(state, "listen {\nipv6addr = 2001:db8::2\nipaddr = 2001:db8::1\n}\n"),
                "2001:db8::1");
        assert_string_equal(
                found(state, "listen {\nipv6addr = 2001:db8::2\nipv4addr = 192.0.2.1\n}\n"), "");
        assert_string_equal(found(state, "listen {\nipaddr = *\n}\n"), "");
}

static void test_types_without_a_socket(void **state) {
        assert_string_equal(found(state, "listen {\ntype = detail\nipaddr = 2001:db8::1\n}\n"), "");
        assert_string_equal(found(state, "listen {\ntype = proxy\nipaddr = 2001:db8::1\n}\n"), "");
        assert_string_equal(
                found(state, "listen {\nport = 0\ntype = proxy\nipaddr = 2001:db8::1\n}\n"), "");
        assert_string_equal(
                found(state, "listen {\nport = 1814\ntype = proxy\nipaddr = 2001:db8::1\n}\n"),
                "2001:db8::1");
        assert_string_equal(
                found(state, "listen {\nport = 0\ntype = auth\nipaddr = 2001:db8::1\n}\n"),
                "2001:db8::1");
        assert_string_equal(found(state, "listen {\nipaddr = 2001:db8::1\ntype = control\n}\n"),
                            "");
        assert_string_equal(
                found(state,
                      "listen {\ntype = control\n\n}\nlisten {\ntype = auth\nipaddr = 2001:db8::1\n}\n"),
                "2001:db8::1");
}

static void test_words(void **state) {
        assert_string_equal(found(state, "listen {\nipaddr := \"2001:db8::1\" # 2001:db8::2\n}\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "listen {\nipaddr = '2001:db8::1'\n}\n"), "2001:db8::1");
        assert_string_equal(found(state, "listen {\nipaddr \\\n = 2001:db8::1\n}\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "listen {\n#ipaddr = 2001:db8::1\n}\n"), "");
        assert_string_equal(found(state, "x = \"listen {\"\nlisten {\nipaddr = 2001:db8::1\n}\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "x = \"a, listen {\"\nipaddr = 2001:db8::2\n"), "");
}

static void test_conditions(void **state) {
        assert_string_equal(found(state, "clients {\nx {\nif (&a) {\n}\n}\n"
                                         "listen {\nipaddr = 2001:db8::1\n}\n}\n"),
                            "");
        assert_string_equal(
                found(state,
                      "policy {\nif (&User-Name =~ /^{/) {\nok\n}\nelsif (\"%{x}\") { ok }\n}\nlisten {\nipaddr = 2001:db8::1\n}\n"),
                "2001:db8::1");
        assert_string_equal(
                found(state,
                      "update control {\nx += 1\ny !* ANY\n}\nlisten {\nipaddr = 2001:db8::1\n}\n"),
                "2001:db8::1");
}

static void test_variables(void **state) {
        assert_string_equal(found(state, "v = 2001:db8::1\nlisten {\nipaddr = ${v}\n}\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "s {\nv = 2001:db8::1\n}\nlisten {\nipaddr = ${s.v}\n}\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "listen {\nv = 2001:db8::1\nipaddr = ${.v}\n}\n"),
                            "2001:db8::1");
        assert_string_equal(
                found(state, "v = 2001:db8::2\nlisten {\nv = 2001:db8::1\nipaddr = ${v}\n}\n"),
                "2001:db8::1");
        assert_string_equal(found(state, "v = 2001:db8::1\nlisten {\nipaddr = '${v}'\n}\n"), "");
}

static void test_unknown(void **state) {
        const struct fixture *fixture = *state;

        found(state, "listen {\nipaddr = ${v}\n}\n");
        assert_string_equal(fixture->unknown, "radiusd.conf:2:${v}");
        found(state, "listen {\nipaddr = ${v\n}\n");
        assert_string_equal(fixture->unknown, "radiusd.conf:2:${v");
        found(state, "listen {\nipaddr = $ENV{V}\n}\n");
        assert_string_equal(fixture->unknown, "radiusd.conf:2:$ENV{V}");
        found(state, "listen {\nipaddr = host.example\n}\n");
        assert_string_equal(fixture->unknown, "radiusd.conf:2:host.example");
        found(state, "listen {\nport = ${v}\n}\n");
        assert_string_equal(fixture->unknown, "");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/raddb/d/b", "listen {\nipaddr = 2001:db8::2\n}\n");
        fixture_write(*state, "/etc/raddb/d/a", "listen {\nipaddr = 2001:db8::1\n}\n");
        fixture_write(*state, "/etc/raddb/d/.c", "listen {\nipaddr = 2001:db8::3\n}\n");
        fixture_write(*state, "/etc/raddb/d/c~", "listen {\nipaddr = 2001:db8::3\n}\n");
        assert_string_equal(found(state, "$INCLUDE d/"), "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "d = /etc/raddb/d\n$INCLUDE ${d}/a\n"), "2001:db8::1");
        assert_string_equal(found(state, "$-INCLUDE missing\nserver x {\n$INCLUDE d/b\n}\n"),
                            "2001:db8::2");
        assert_string_equal(found(state, "$INCLUDE ${x}\n"), "");
        log_fixture_begin();
        assert_string_equal(found(state, "$-INCLUDE missing\n$INCLUDE missing\n"), "");
        log_fixture_end("/etc/raddb/radiusd.conf:2: Cannot include '/etc/raddb/missing': No such "
                        "file or directory\n");
        assert_string_equal(
                found(state, "listen {\nipaddr = 2001:db8::1\n}\n$INCLUDE radiusd.conf\n"),
                "2001:db8::1");
}

static void test_deep_sections(void **state) {
        static char text[2100 + 64];

        memset(text, '\n', 2100);
        for (size_t i = 0; i < 2100; i += 3) {
                text[i] = 'a';
                text[i + 1] = '{';
        }
        assert_string_equal(found(state, text), "");
}

static void test_private_files(void **state) {
        assert_string_equal(fixture_shown(*state, freeradius_read, CONFIG,
                                          "listen {\nipaddr = 2001:db8::1 # secret\n}\n"),
                            "ipaddr|");
}

static void test_templates(void **state) {
        static const char TEMPLATE[] = "templates {\nt {\nipaddr = 2001:db8::1\n}\n}\n";
        static const struct {
                const char *lines, *expected;
        } CASES[] = {
                { "$template t", "2001:db8::1" },
                { "$template t\nipaddr = 2001:db8::2", "2001:db8::2" },
                { "ipaddr = 2001:db8::2\n$template t", "2001:db8::2" },
                { "$template t\nipv6addr = 2001:db8::2", "2001:db8::1" },
                { "$template other", "" },
                { "$template t\ntype = control", "" },
        };

        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, "%slisten {\n%s\n}\n", TEMPLATE, CASES[i].lines) > 0);
                assert_string_equal(found(state, text), CASES[i].expected);
        }
        assert_string_equal(found(state, "$template t\nlisten {\n}\n"), "");
}

static void test_option(void **state) {
        struct fixture *fixture = *state;
        struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments_file = "/a.service",
        };

        fixture_write(fixture, CONFIG, "listen {\nipaddr = 2001:db8::1/128\n}\n");
        source.arguments = fixture_list(&fixture->arguments, "-f", "-i", "2001:db8::2", NULL);
        assert_string_equal(fixture_read(fixture, freeradius_read, &source), "2001:db8::2");
        source.arguments = fixture_list(&fixture->arguments, "-f", "-l", "stdout", NULL);
        assert_string_equal(fixture_read(fixture, freeradius_read, &source), "2001:db8::1");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_listeners),     TEST(test_keys),       TEST(test_types_without_a_socket),
                TEST(test_words),         TEST(test_conditions), TEST(test_variables),
                TEST(test_unknown),       TEST(test_includes),   TEST(test_deep_sections),
                TEST(test_private_files), TEST(test_templates),  TEST(test_option),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
