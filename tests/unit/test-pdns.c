/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"
#include "log-fixture.h"

#define CONFIG "/etc/powerdns/pdns.conf"

static const char *read_with(void **state, format_read_fn *read, const char *config,
                             const struct string_list *arguments) {
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments = arguments,
                .arguments_file = "/usr/lib/systemd/system/pdns.service",
        };

        fixture_write(fixture, CONFIG, config);
        return fixture_read(fixture, read, &source);
}

static const char *found(void **state, const char *config) {
        return read_with(state, pdns_read, config, NULL);
}

static void test_assignments(void **state) {
        assert_string_equal(found(state, "local-address=::2, [::3]:53 127.0.0.1:53\n"), "::2 ::3");
        assert_string_equal(found(state, "local-address=::2\nlocal-address=::3\n"), "::3");
        assert_string_equal(found(state, "local-address=::2\n local-address += ::3\r\n"),
                            "::2 ::3");
        assert_string_equal(found(state, "local-address+=::2\nlocal-address=::3\n"), "::3");
        assert_string_equal(found(state, "local-address=::2\nlocal-ipv6=::3\n"), "::2 ::3");
}

static void test_lines(void **state) {
        assert_string_equal(found(state, "#local-address=::2\nlocal-address=::3 # ::4\n"), "::3");
        assert_string_equal(found(state, "local-address=::2,\\\n::3\\\n ,::4\n"), "::2 ::3 ::4");
        assert_string_equal(found(state, "local-address=::2\nlocal-address=::3\\\n"), "::2");
        assert_string_equal(found(state, "#x\\\nlocal-address=::2\n\\\n\n"), "");
        log_fixture_begin();
        assert_string_equal(found(state, "\nlocal-address=::2#x\n"), "");
        log_fixture_end(CONFIG ":2: ::2#x: not an address; "
                               "give the address as Address= in dadwait.conf.\n");
}

static void test_webserver(void **state) {
        assert_string_equal(found(state, "webserver-address=::2\n"), "");
        assert_string_equal(found(state, "webserver-address=::2\nwebserver=yes\n"), "::2");
        assert_string_equal(found(state, "webserver-address=::2\nwebserver=off\n"), "");
        assert_string_equal(found(state, "webserver-address=::2\napi=yes\n"), "::2");
        assert_string_equal(
                read_with(state, pdns_recursor_read, "webserver-address=::2\napi=yes\n", NULL), "");
        assert_string_equal(found(state, "webserver-address=::2\nwebserver\nlocal-address=::3\n"
                                         "non-local-bind=yes\ntcp-control-address=::4"),
                            "::2 ::4");
}

static void test_query_address(void **state) {
        assert_string_equal(found(state, "query-local-address=::2\n"), "");
        assert_string_equal(found(state, "query-local-address=::2\nprimary=yes\n"), "::2");
        assert_string_equal(found(state, "query-local-address=::2\nforward-notify=::3\n"), "::2");
}

static void test_included_directory(void **state) {
        struct fixture *fixture = *state;

        fixture_write(fixture, "/etc/powerdns/d/b.conf", "local-address+=::3\n");
        fixture_write(fixture, "/etc/powerdns/d/A.conf", "local-address=::4\n");
        fixture_write(fixture, "/etc/powerdns/d/c", "local-address=::5\n");
        fixture_write(fixture, "/etc/powerdns/d/.c.conf", "local-address=::5\n");
        assert_string_equal(found(state, "include-dir=/etc/powerdns/d\nlocal-address=::2\n"),
                            "::4 ::3");
}

static void test_command_line(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(string_list_clear) struct string_list words = { 0 };

        (void)fixture_list(&words, "--local-address=::2 ::3", "--webserver", "-x", "y", NULL);
        assert_string_equal(read_with(state, pdns_read,
                                      "local-address=::4\nwebserver=no\nwebserver-address=::5\n",
                                      &words),
                            "::2 ::3 ::5");
        fixture_write(fixture, "/etc/powerdns/pdns-x.conf", "local-address=::6\n");
        (void)fixture_list(&words, "--config-name=x", NULL);
        assert_string_equal(read_with(state, pdns_read, "local-address=::4\n", &words), "::6");
        fixture_write(fixture, "/etc/y/pdns-x.conf", "local-address=::7\n");
        (void)fixture_list(&words, "--config-name=x", "--config-dir=/etc/y", NULL);
        assert_string_equal(read_with(state, pdns_read, "local-address=::4\n", &words), "::7");
}

static const char *yaml(void **state, const char *content) {
        return read_with(state, pdns_recursor_read, content, NULL);
}

static void test_yaml(void **state) {
        assert_string_equal(
                yaml(state, "# x\n\nincoming:\n  listen: ['::1', ::2 , \"[::3]:53\"]\n"),
                "::2 ::3");
        assert_string_equal(yaml(state, "incoming:\n  listen:\n  - '[::2]:53' # ::4\n\n  #- ::5\n"
                                        "    - ::3#x\n  port: 53\n  - ::6\n"),
                            "::2");
        assert_string_equal(yaml(state, "---\nincoming:\n listen:\n - ::2\n - ::3\n"
                                        "other:\n listen:\n - ::4\n"),
                            "::2 ::3");
        assert_string_equal(yaml(state, "incoming:\n  allow_from:\n  - ::5/128\n  listen: [::2]\n"
                                        "outgoing:\n  source_address: [::4]\n"),
                            "::2");
        assert_string_equal(
                yaml(state, "incoming:\n  listen: [::2]\n  non_local_bind: true\nx: y\n"), "");
        assert_string_equal(yaml(state, "webservice:\n  webserver: true\n  address: '::2'\n"),
                            "::2");
        assert_string_equal(yaml(state, "webservice:\n  webserver: false\n  address: '::2'\n"), "");
        assert_string_equal(yaml(state, "dnssec: {a: b}\nincoming: {}\nlogging:\n  x: |\n   y\n"),
                            "");
        assert_string_equal(yaml(state, "incoming:\n  listen: []\n"), "");
}

static void test_yaml_directory(void **state) {
        const struct fixture *fixture = *state;
        static const char MAIN[] = "incoming:\n  listen: [::2]\nrecursor:\n  include_dir: /d\n";

        fixture_write(fixture, "/d/a.yml", "# x\nincoming:\n  listen: [::3]\n");
        fixture_write(fixture, "/d/b.yml", "\n");
        fixture_write(fixture, "/d/c.conf", "local-address=::4\n");
        assert_string_equal(yaml(state, MAIN), "::2 ::3");
        fixture_write(fixture, "/d/b.yml", "incoming:\n  listen: !override\n  - ::5\n  - ::6\n");
        assert_string_equal(yaml(state, MAIN), "::5 ::6");
}

static void test_yaml_in_brackets(void **state) {
        assert_string_equal(yaml(state, "incoming: {listen: [::2]}\n"), "::2");
        assert_string_equal(
                yaml(state, "incoming: { port: 53, listen: ['::2', ::3 ] , x: {a: [b, c]}}\n"),
                "::2 ::3");
        assert_string_equal(
                yaml(state, "incoming:\n  listen: [::2, # ::4\n\n    '[::3]:53'\n  ]\n  port: 5\n"),
                "::2 ::3");
        assert_string_equal(yaml(state, "incoming:\n  listen: [\n    ::2,\n    ::3,\n  ]\n"),
                            "::2 ::3");
        assert_string_equal(
                yaml(state, "incoming: {\n  listen: [\n  ::2\n  ],\n}\nx: {a: [::3]}\n"), "::2");
        assert_string_equal(yaml(state, "{incoming: {listen: [::2]}, x: {listen: [::3]}}\n"),
                            "::2");
        assert_string_equal(yaml(state,
                                 "{\n\"incoming\":{\"port\":53,\"listen\":[\"::2\",\"::3\"]},\n"
                                 "\"webservice\":{\"webserver\":true,\"address\":\"::4\"}}\n"),
                            "::2 ::3 ::4");
        assert_string_equal(yaml(state, "'incoming':\n  \"listen\": [::2]\n"), "::2");
        assert_string_equal(
                yaml(state, "incoming:\n  allow_from: [::1/128,\n   ::5/128]\n  listen: [::2]\n"),
                "::2");
        assert_string_equal(yaml(state, "incoming: &a\n  listen: &b ['::2']\n"), "::2");
        assert_string_equal(yaml(state, "incoming:\n  listen: &b\n  - &c ::2\n  - '::3'\n"),
                            "::2 ::3");
        assert_string_equal(yaml(state, "incoming:\n  listen: !override &b [\n   ::2]\n"), "::2");
}

/* It is named, not guessed. */
static void test_other_yaml(void **state) {
        static const char *const CASES[] = {
                "incoming: {listen: *a}\nx: ::2\n",
                "incoming: {listen: [::2]\n",
                "incoming: {[::2]}\n",
                "{incoming: ::2}\n",
                "x: ::2\nincoming: {<<: *a}\n",
                "x: ::2\nincoming:\n  <<: *a\n",
                "incoming:\n  listen: *a\n  x: ::2\n",
                "incoming:\n  listen: [::2,\n    ::3\n",
                "incoming:\n  listen:\n  - {a: ::2}\n",
                "incoming:\n  listen:\n  - \"::2\\n\"\n  - ::2\n",
                "incoming:\n\tlisten: [::2]\n",
                "incoming:\n    x: y\n  listen: [::2]\n",
                "webservice:\n  listen:\n  - addresses: [::2]\n",
                "incoming:\n  listen: ::2\n",
        };
        const struct fixture *fixture = *state;

        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                assert_string_equal(yaml(state, CASES[i]), "");
                assert_string_not_equal(fixture->unknown, "");
        }
        log_fixture_begin();
        yaml(state, "incoming:\n  listen: *a\n");
        yaml(state, CASES[0]);
        log_fixture_end(CONFIG ":2: x: ::2: YAML of this kind is not read; "
                               "give the address as Address= in dadwait.conf.\n");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_assignments, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_lines, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_webserver, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_query_address, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_included_directory, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_command_line, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_yaml, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_yaml_in_brackets, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_yaml_directory, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_other_yaml, fixture_setup, fixture_teardown),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
