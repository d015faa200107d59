/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define CONFIG "/etc/openvpn/server/a.conf"

static const char *found(void **state, const char *config) {
        return fixture_find(*state, openvpn_read, CONFIG, config);
}

static void test_words(void **state) {
        assert_string_equal(found(state, "local 2001:db8::1\n"), "2001:db8::1");
        assert_string_equal(found(state, " --local\t\"2001:db8::1\" # x\n"), "2001:db8::1");
        assert_string_equal(found(state, "local '2001:db8::1'\n"), "2001:db8::1");
        assert_string_equal(found(state, "local \\2001:db8::1"), "2001:db8::1");
        assert_string_equal(found(state, ";local 2001:db8::1\n#local 2001:db8::2\n"), "");
        assert_string_equal(found(state, "local\nLOCAL 2001:db8::1\n"), "");
        assert_string_equal(found(state, "local 192.0.2.1\n"), "");
        assert_string_equal(found(state, "\xef\xbb\xbflocal 2001:db8::1\n"), "2001:db8::1");
        assert_string_equal(found(state, "setenv opt local 2001:db8::1\n"), "2001:db8::1");
        assert_string_equal(found(state, "setenv opt\nsetenv local 2001:db8::1\n"), "");
}

static void test_last_one_counts(void **state) {
        assert_string_equal(found(state, "local 2001:db8::1\nlocal 2001:db8::2\n"), "2001:db8::2");
        assert_string_equal(found(state, "local 2001:db8::1\nlocal 192.0.2.1\n"), "");
        assert_string_equal(found(state, "local 2001:db8::1 1194 udp6\nlocal 2001:db8::2 443\n"
                                         "local 2001:db8::3\nlocal * 1195\n"),
                            "2001:db8::1 2001:db8::2 2001:db8::3");
        assert_string_equal(
                found(state, "management 2001:db8::1 7505\nmanagement 2001:db8::2 7505\n"),
                "2001:db8::2");
}

static void test_management(void **state) {
        assert_string_equal(found(state, "local 2001:db8::1\nmanagement 2001:db8::2 7505\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "management 2001:db8::2\n"), "");
        assert_string_equal(found(state, "management /run/socket unix\n"), "");
        assert_string_equal(found(state, "management tunnel 7505\n"), "");
        assert_string_equal(found(state, "management 2001:db8::2 7505\nmanagement-client\n"), "");
}

static void test_blocks(void **state) {
        assert_string_equal(found(state, "<ca>\nlocal 2001:db8::1\n</ca>\nlocal 2001:db8::2\n"),
                            "2001:db8::2");
        assert_string_equal(found(state, "<ca>\nlocal 2001:db8::1\n"), "");
        assert_string_equal(found(state, "<connection>\nlocal 2001:db8::1\n</connection>\n"
                                         "<connection>\nlocal 2001:db8::2\n</connection>\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "local 2001:db8::1\n<connection>\n</connection>\n"
                                         "local 2001:db8::2\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "<connection>\n</connection>\nlocal 2001:db8::2\n"), "");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/openvpn/server/b", "local 2001:db8::2\n");
        assert_string_equal(found(state, "local 2001:db8::1\nconfig b\n"), "2001:db8::2");
        assert_string_equal(found(state, "config /etc/openvpn/server/b\nlocal 2001:db8::1\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "config missing\nlocal 2001:db8::1\n"), "2001:db8::1");
        assert_string_equal(found(state, "config .\nlocal 2001:db8::1\n"), "2001:db8::1");
        assert_string_equal(found(state, "local 2001:db8::1\nconfig a.conf\n"), "2001:db8::1");
}

static void test_command_line(void **state) {
        struct fixture *fixture = *state;
        struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments_file = "/a.service",
        };

        fixture_write(fixture, CONFIG, "local 2001:db8::1\n");
        source.arguments = fixture_list(&fixture->arguments, "--config", "a.conf", "--local",
                                        "2001:db8::2", NULL);
        assert_string_equal(fixture_read(fixture, openvpn_read, &source), "2001:db8::2");
        source.arguments = fixture_list(&fixture->arguments, "--local", "2001:db8::2", "--config",
                                        "a.conf", NULL);
        assert_string_equal(fixture_read(fixture, openvpn_read, &source), "2001:db8::1");
        source.arguments = fixture_list(&fixture->arguments, "--config", "a.conf", "--management",
                                        "2001:db8::3", "7505", NULL);
        assert_string_equal(fixture_read(fixture, openvpn_read, &source),
                            "2001:db8::1 2001:db8::3");
}

static void test_unknown(void **state) {
        const struct fixture *fixture = *state;

        found(state, "local host.example\n");
        assert_string_equal(fixture->unknown, "a.conf:1:host.example");
        found(state, "\nmanagement host.example 7505\n");
        assert_string_equal(fixture->unknown, "a.conf:2:host.example");
        found(state, "local localhost\n");
        assert_string_equal(fixture->unknown, "");
}

static void test_private_files(void **state) {
        assert_string_equal(fixture_shown(*state, openvpn_read, CONFIG,
                                          "local 2001:db8::1 secret\n"
                                          "management 2001:db8::2 7505 secret\n"),
                            "local|management|");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_words),   TEST(test_last_one_counts), TEST(test_management),
                TEST(test_blocks),  TEST(test_includes),        TEST(test_command_line),
                TEST(test_unknown), TEST(test_private_files),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
