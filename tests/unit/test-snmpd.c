/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define CONFIG "/etc/snmp/snmpd.conf"

static const char *found(void **state, const char *config) {
        return fixture_find(*state, snmpd_read, CONFIG, config);
}

static void test_transports(void **state) {
        assert_string_equal(found(state, "agentAddress udp6:[2001:db8::1]:161\n"), "2001:db8::1");
        assert_string_equal(found(state, "AGENTADDRESS TCPIPv6:[2001:db8::1]\n"), "2001:db8::1");
        assert_string_equal(found(state, "agentaddress [2001:db8::1]:161\n"), "2001:db8::1");
        assert_string_equal(found(state, "agentaddress udp:[2001:db8::1]:161\n"), "");
        assert_string_equal(
                found(state, "agentaddress udp:161,161,udp6:161,/run/x,unix:/run/x,udp6::161\n"),
                "");
        assert_string_equal(found(state, "agentaddress udp6:[fe80::1%eth0]:1\n"), "fe80::1%eth0");
}

static void test_ports_without_brackets(void **state) {
        assert_string_equal(found(state, "agentaddress udp6:2001:db8::1\n"), "2001:db8::1");
        assert_string_equal(found(state, "agentaddress udp6:2001:db8::1:161\n"), "2001:db8::1:161");
        assert_string_equal(found(state, "agentaddress udp6:2001:db8:1:2:3:4:5:6:161\n"),
                            "2001:db8:1:2:3:4:5:6");
        assert_string_equal(found(state, "agentaddress 192.0.2.1:161,udp6:localhost:161\n"), "");
}

static void test_ipv4(void **state) {
        fixture_choose_ipv4(*state);
        assert_string_equal(found(state, "agentaddress 192.0.2.1,192.0.2.2:161,UDP:192.0.2.3\n"),
                            "192.0.2.1 192.0.2.2 192.0.2.3");
        assert_string_equal(found(state, "agentaddress tcp:192.0.2.1:161,tcp:161,udp6:192.0.2.2\n"),
                            "192.0.2.1");
        assert_string_equal(found(state, "master agentx\nagentxsocket tcp:192.0.2.1:705\n"),
                            "192.0.2.1");
}

static void test_lists(void **state) {
        assert_string_equal(
                found(state,
                      "agentaddress udp6:[2001:db8::1]:1,tcp6:[2001:db8::2]:1\nagentaddress udp6:[2001:db8::3]:1\n"),
                "2001:db8::1 2001:db8::2 2001:db8::3");
        assert_string_equal(found(state, "#agentaddress udp6:[2001:db8::1]\nagentaddress\n"), "");
}

static void test_sections(void **state) {
        assert_string_equal(
                found(state,
                      "[snmp]\nagentaddress [2001:db8::1]:1\n[snmpd]\nagentaddress [2001:db8::2]:1\n"),
                "2001:db8::2");
        assert_string_equal(
                found(state, "[snmp] agentaddress [2001:db8::1]:1\nagentaddress [2001:db8::2]:1\n"),
                "2001:db8::2");
        assert_string_equal(
                found(state,
                      "[snmp]\n[snmpd] agentaddress [2001:db8::1]:1\nagentaddress [2001:db8::2]:1\n"),
                "2001:db8::1");
}

static void test_agentx(void **state) {
        assert_string_equal(found(state, "agentXSocket tcp6:[2001:db8::1]:705\n"), "");
        assert_string_equal(found(state, "agentXSocket tcp6:[2001:db8::1]:705\nmaster agentx\n"),
                            "2001:db8::1");
        assert_string_equal(
                found(state, "agentXSocket tcp6:[2001:db8::1]:705\nmaster agentx\nmaster off\n"),
                "");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/snmp/a", "agentaddress [2001:db8::1]:1\n[snmp]\n");
        fixture_write(*state, "/etc/snmp/d/b.conf", "agentaddress [2001:db8::2]:1\n");
        fixture_write(*state, "/etc/snmp/d/c", "agentaddress [2001:db8::3]:1\n");
        assert_string_equal(found(state, "includeFile a\nincludeDir /etc/snmp/d\nincludeFile\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "agentaddress [2001:db8::1]:1\nincludeFile snmpd.conf\n"),
                            "2001:db8::1");
        fixture_write(*state, "/etc/snmp/snmpd.local.conf", "agentaddress [2001:db8::3]:1\n");
        assert_string_equal(found(state, "agentaddress [2001:db8::1]:1\n"),
                            "2001:db8::1 2001:db8::3");
}

static const char *found_with(struct fixture *fixture, const char *first, const char *second,
                              const char *third) {
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments = fixture_list(&fixture->arguments, first, second, third, NULL),
                .arguments_file = "/a.service",
        };

        return fixture_read(fixture, snmpd_read, &source);
}

static void test_arguments(void **state) {
        fixture_write(*state, CONFIG, "");
        assert_string_equal(found_with(*state, "-Lo", "-f", "udp6:[2001:db8::1]:1"), "2001:db8::1");
        assert_string_equal(found_with(*state, "-x", "tcp6:[2001:db8::2]:1", "[2001:db8::1]:1"),
                            "2001:db8::1");
        assert_string_equal(found_with(*state, "-afI", "[2001:db8::2]", "[2001:db8::1]"),
                            "2001:db8::1");
        assert_string_equal(found_with(*state, "-D", "[2001:db8::1]", NULL), "2001:db8::1");
        assert_string_equal(found_with(*state, "-Dx", "-C", "[2001:db8::1]"), "2001:db8::1");
        assert_string_equal(found_with(*state, "--", "-f", "[2001:db8::1]"), "2001:db8::1");
        assert_string_equal(found_with(*state, "--agentAddress=[2001:db8::1]", NULL, NULL),
                            "2001:db8::1");
        assert_string_equal(found_with(*state, "--leave_pidfile=yes", "[2001:db8::1]", NULL),
                            "2001:db8::1");
}

static void test_socket_of_command_line(void **state) {
        fixture_write(*state, CONFIG, "master agentx\n");
        assert_string_equal(found_with(*state, "-f", "-x", "tcp6:[2001:db8::2]:1"), "2001:db8::2");
}

static void test_files_of_command_line(void **state) {
        fixture_write(*state, CONFIG, "agentaddress [2001:db8::1]\n");
        fixture_write(*state, "/srv/a.conf", "agentaddress [2001:db8::a]\n");
        fixture_write(*state, "/srv/b.conf", "agentaddress [2001:db8::b]\n");
        assert_string_equal(found_with(*state, "-c", "/srv/a.conf", NULL),
                            "2001:db8::1 2001:db8::a");
        assert_string_equal(found_with(*state, "-c/srv/a.conf,b.conf,/srv/b.conf", NULL, NULL),
                            "2001:db8::1 2001:db8::a 2001:db8::b");
        assert_string_equal(found_with(*state, "-c/srv/a.conf", "-c", "/srv/b.conf"),
                            "2001:db8::1 2001:db8::b");
        assert_string_equal(found_with(*state, "-fCc", "/srv/a.conf", NULL), "2001:db8::a");
        assert_string_equal(found_with(*state, "-C", "[2001:db8::2]", NULL), "2001:db8::2");
        assert_string_equal(found_with(*state, "-c", NULL, NULL), "2001:db8::1");
        assert_string_equal(found_with(*state, "-c", "/srv", NULL), "2001:db8::1");
}

static void test_unknown(void **state) {
        const struct fixture *fixture = *state;

        found(state, "agentaddress udp6:host.example:1\n");
        assert_string_equal(fixture->unknown, "snmpd.conf:1:host.example");
        found(state, "agentaddress udp:host.example:1\n");
        assert_string_equal(fixture->unknown, "");
}

static void test_private_files(void **state) {
        assert_string_equal(
                fixture_shown(*state, snmpd_read, CONFIG, "agentaddress [2001:db8::1]:1 secret\n"),
                "agentAddress|");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_ipv4),
                TEST(test_transports),
                TEST(test_ports_without_brackets),
                TEST(test_lists),
                TEST(test_sections),
                TEST(test_agentx),
                TEST(test_includes),
                TEST(test_socket_of_command_line),
                TEST(test_files_of_command_line),
                TEST(test_arguments),
                TEST(test_unknown),
                TEST(test_private_files),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
