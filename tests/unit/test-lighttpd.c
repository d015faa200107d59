/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"
#include "log-fixture.h"

#define CONFIG "/etc/lighttpd/lighttpd.conf"

static const char *found(void **state, const char *config) {
        struct fixture *fixture = *state;
        CLEANUP(string_list_clear) struct string_list environment = { 0 };
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .environment = fixture_list(&environment, "VIP=::2", NULL),
        };

        fixture_write(fixture, CONFIG, config);
        return fixture_read(fixture, lighttpd_read, &source);
}

static void test_bind(void **state) {
        assert_string_equal(found(state, "server.bind = \"[::2]\""), "::2");
        assert_string_equal(found(state, "server.bind=\"[::2]:80\"#\n"), "::2");
        assert_string_equal(found(state, "server.bind = \"::2\" server.use-ipv6 = \"enable\""),
                            "::2");
        assert_string_equal(found(state, "server.bind = \"[::2]\"\nserver.bind := \"[::3]\"\n"),
                            "::3");
        assert_string_equal(found(state, "server.bind = \"[\"\nserver.bind += \"::2\" + \"]\"\n"),
                            "::2");
        assert_string_equal(found(state, "$HTTP[\"host\"] == \"x\" { server.bind = \"[::2]\" }"),
                            "");
        assert_string_equal(found(state, "global { server.bind = \"[::2]\" }"), "::2");
        assert_string_equal(found(state, "server.bind = \"/run/x\"\n"), "");
        assert_string_equal(found(state, "server.bind = \"::\" + 1"), "");
}

static void test_sockets(void **state) {
        assert_string_equal(
                found(state, "$SERVER[\"socket\"] == \"[::2]:\" + 80 { }\n"
                             "else $SERVER[\"socket\"] == \"[::3]:81\" {\n}\nelse { var.x = 1 }\n"
                             "$SERVER[\"socket\"] != \"[::4]:82\" { }\n"),
                "::2 ::3");
        assert_string_equal(found(state, "if $HTTP[\"host\"] =~ \"x\" {\n"
                                         "$SERVER[\"socket\"] == \"[::2]:80\" { }\n"
                                         "} elif $HTTP[\"url\"] =^ \"y\" { }\n"),
                            "::2");
        assert_string_equal(found(state, "$SERVER[\"socket\"] == \":80\" { }\n"
                                         "$SERVER[\"socket\"] == \"*:81\" { }\n"
                                         "$SERVER[\"socket\"] == \"[::]:82\" { }\n"
                                         "$SERVER[\"socket\"] == \"name:83\" { }\n"),
                            "");
        assert_string_equal(found(state, "$SERVER[\"socket\"] == \"[::2]:80\" {"
                                         " server.ip-transparent = \"enable\" }\n"),
                            "");
}

static void test_variables(void **state) {
        assert_string_equal(found(state, "var.a = \"[::2]\"\nserver.bind = a\n"), "::2");
        assert_string_equal(found(state, "server.bind = \"[\" + env.VIP + \"]\""), "::2");
        assert_string_equal(found(state, "a = \"[::2]:8\"\n$HTTP[\"host\"] == \"x\" { a += 1\n"
                                         "$SERVER[\"socket\"] == a { } }\nserver.bind = \"[::3]\""),
                            "::2 ::3");
        assert_string_equal(found(state,
                                  "$HTTP[\"host\"] == \"x\" { a = \"[::2]:80\" }\n"
                                  "$HTTP[\"host\"] == \"x\" { $SERVER[\"socket\"] == a { } }"),
                            "::2");
        assert_string_equal(found(state, "x.y = (\"server.bind\" => \"[::2]\", # (\n \")\", (1))\n"
                                         "server.bind = \"[::3]\""),
                            "::3");
}

static void test_what_is_not_known(void **state) {
        log_fixture_begin();
        assert_string_equal(found(state, "server.bind = \"[\" + env.NONE\n"), "");
        assert_string_equal(found(state, "\ninclude_shell \"ip addr\"\n"), "");
        assert_string_equal(found(state, "server.bind = \"x\" server.use-ipv6 = \"enable\""), "");
        assert_string_equal(found(state, "a = 1\na = 2\nserver.bind = \"[::2]\"\n"), "");
        assert_string_equal(found(state, "$SERVER[\"socket\"] == \"[::2]:80\" {\n"), "::2");
        log_fixture_end(CONFIG
                        ":1: server.bind = \"[\" + env.NONE: its variables are not known at boot; "
                        "give the address as Address= in dadwait.conf.\n" CONFIG
                        ":2: ip addr: no command is executed at boot; "
                        "give the address as Address= in dadwait.conf.\n" CONFIG
                        ":1: x: names are not resolved before the network is up; "
                        "give the address as Address= in dadwait.conf.\n" CONFIG
                        ":3: Not a statement of lighttpd, ignoring the rest.\n" CONFIG
                        ":2: Not a statement of lighttpd, ignoring the rest.\n");
}

static void test_included_files(void **state) {
        struct fixture *fixture = *state;

        fixture_write(fixture, "/etc/lighttpd/d/a.conf", "include \"b\"\n");
        fixture_write(fixture, "/etc/lighttpd/b", "server.bind = v\n");
        fixture_write(fixture, "/etc/lighttpd/conf-enabled/c.conf", "server.bind = \"[::3]\"\n");
        assert_string_equal(found(state, "v = \"[::2]\"\ninclude\"{d,e}/*.conf\"\n"), "::2");
        assert_string_equal(found(state, "v = \"[::2]\"\ninclude_shell \"cat b\"\n"), "::2");
        assert_string_equal(found(state, "v = \"[::2]\"\ninclude_shell \"echo server.bind = v\"\n"),
                            "::2");
        assert_string_equal(
                found(state, "include_shell \"/bin/echo 'server.bind = \\\"[::2]\\\"'\"\n"), "::2");
        assert_string_equal(found(state, "include_shell \"echo -n x\"\ninclude_shell \"echo\"\n"
                                         "include_shell \"echo 'a\\\\b'\"\n"
                                         "include_shell \"echo a >b\"\n"
                                         "include_shell \"echo a; cat b\"\n"
                                         "include_shell \"echo $(b)\"\n"),
                            "");
        assert_string_equal(fixture->unknown,
                            "lighttpd.conf:1:echo -n x lighttpd.conf:3:echo 'a\\\\b' "
                            "lighttpd.conf:4:echo a >b lighttpd.conf:5:echo a; cat b "
                            "lighttpd.conf:6:echo $(b)");
        assert_string_equal(
                found(state, "include_shell \"/usr/share/lighttpd/include-conf-enabled.pl\""),
                "::3");
        assert_string_equal(
                found(state, "include_shell \"/usr/share/lighttpd/use-ipv6.pl \" + server.port\n"
                             "include_shell \"/usr/share/lighttpd/create-mime.conf.pl\"\n"),
                "");
}

/* A command that prints itself. */
static void test_endless_text(void **state) {
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, "v = \"echo include_shell v\"\n"
                                         "include_shell v\n"),
                            "");
        assert_string_not_equal(fixture->unknown, "");
}

/* A value that doubles itself, and blocks without an end. */
static void test_bounds(void **state) {
        char text[8192] = "a = \"x\"\n";

        for (size_t i = 0; i < 40; i++)
                strcat(text, "a += a\n");
        assert_string_equal(found(state, strcat(text, "server.bind = \"[::2]\"\n")), "::2");

        text[0] = '\0';
        for (size_t i = 0; i < 300; i++)
                strcat(text, "$A[\"b\"] == \"c\" { ");
        log_fixture_begin();
        assert_string_equal(found(state, text), "");
        log_fixture_end(CONFIG ":1: Too many blocks or variables, ignoring the rest.\n");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_bind, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_sockets, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_variables, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_what_is_not_known, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_included_files, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_endless_text, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_bounds, fixture_setup, fixture_teardown),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
