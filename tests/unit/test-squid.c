/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define CONFIG "/etc/squid/squid.conf"

static const char *found(void **state, const char *config) {
        return fixture_find(*state, squid_read, CONFIG, config);
}

static void test_ports(void **state) {
        assert_string_equal(found(state, "http_port [2001:db8::1]:3128\n"), "2001:db8::1");
        assert_string_equal(
                found(state,
                      "https_port [2001:db8::1]:1 accel name=[2001:db8::2]:1\nftp_port [2001:db8::3]:1\n"),
                "2001:db8::1 2001:db8::3");
        assert_string_equal(found(state, "http_port 3128\nhttp_port 192.0.2.1:1\nhttp_port\n"), "");
        assert_string_equal(found(state, "http_port [2001:db8::1]:1 tproxy\n"), "");
        assert_string_equal(found(state, "http_port \\\n [2001:db8::1]:1\n"), "2001:db8::1");
        assert_string_equal(
                found(state, "#http_port [2001:db8::1]:1\nhttp_port [2001:db8::2]:1 # x\n"),
                "2001:db8::2");
        assert_string_equal(found(state, "HTTP_port [2001:db8::1]:1\n"), "");
}

static void test_addresses(void **state) {
        assert_string_equal(found(state, "udp_incoming_address 2001:db8::1\n"), "2001:db8::1");
        assert_string_equal(
                found(state,
                      "udp_incoming_address 2001:db8::1\nudp_incoming_address 2001:db8::2\n"),
                "2001:db8::2");
        assert_string_equal(found(state, "snmp_incoming_address 2001:db8::1\n"), "");
        assert_string_equal(found(state, "snmp_port 3401\nsnmp_incoming_address 2001:db8::1\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "snmp_port 0\nsnmp_outgoing_address 2001:db8::1\n"), "");
        assert_string_equal(found(state, "tcp_outgoing_address 2001:db8::1\n"), "");
}

static void test_conditions(void **state) {
        assert_string_equal(
                found(state,
                      "if true\nhttp_port [2001:db8::1]:1\nelse\nhttp_port [2001:db8::2]:1\nendif\n"),
                "2001:db8::1");
        assert_string_equal(
                found(state,
                      "if false\nhttp_port [2001:db8::1]:1\nelse\nhttp_port [2001:db8::2]:1\nendif\n"),
                "2001:db8::2");
        assert_string_equal(
                found(state,
                      "if 1 = 1\nhttp_port [2001:db8::1]:1\nendif\nif 1 = 2\nhttp_port [2001:db8::2]:1\nendif\nhttp_port [2001:db8::3]:1\n"),
                "2001:db8::1 2001:db8::3");
        assert_string_equal(found(state, "else\nendif\nhttp_port [2001:db8::1]:1\n"),
                            "2001:db8::1");
}

/* A backslash joins without a blank; what is a comment is none behind it. */
static void test_lines(void **state) {
        assert_string_equal(found(state, "http_port \\\n# x\n\n [2001:db8::1]:1\n"), "2001:db8::1");
        assert_string_equal(found(state, "http_port [2001:\\\n\tdb8::1]:1\n"), "2001:db8::1");
        assert_string_equal(found(state, "# x \\\nhttp_port [2001:db8::1]:1\n"), "2001:db8::1");
        assert_string_equal(
                found(state, "http_port [2001:db8::1]:1 # x \\\nhttp_port [2001:db8::2]:1\n"),
                "2001:db8::1");
        assert_string_equal(found(state, "http_port [2001:db8::1]:1\r2\r\n"), "2001:db8::1");
        assert_string_equal(found(state, "http_port [2001:db8::1]:1 \\"), "");
}

static void test_quoted_values(void **state) {
#define ON "configuration_includes_quoted_values on\n"
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, ON "http_port \"[2001:db8::1]:1\"\n"
                                            "udp_incoming_address '2001\\:db8::2'\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "udp_incoming_address '2001:db8::2'\n"), "");
        assert_string_equal(found(state, ON "http_port parameters(\"/x\")\n"), "");
        assert_string_equal(fixture->unknown, "squid.conf:2:http_port parameters(\"/x\")");
#undef ON
}

/* The innermost condition alone decides. */
static void test_nested_conditions(void **state) {
        assert_string_equal(
                found(state,
                      "if false\nif true\nhttp_port [2001:db8::1]:1\nendif\nhttp_port [2001:db8::2]:1\nendif\n"),
                "2001:db8::1");
        assert_string_equal(
                found(state,
                      "if true\nif false\nhttp_port [2001:db8::1]:1\nendif\nhttp_port [2001:db8::2]:1\nendif\n"),
                "2001:db8::2");
}

static void test_processes(void **state) {
        assert_string_equal(
                found(state,
                      "if ${process_number} = 1\nhttp_port [2001:db8::1]:1\nelse\nhttp_port [2001:db8::2]:1\nendif\n"),
                "2001:db8::1");
        assert_string_equal(
                found(state,
                      "workers 2\nif ${process_number} = 1\nhttp_port [2001:db8::1]:1\nelse\nhttp_port [2001:db8::2]:1\nendif\n"),
                "2001:db8::1 2001:db8::2");
        assert_string_equal(
                found(state,
                      "workers 2\nif 3 = ${process_number}\nhttp_port [2001:db8::1]:1\nendif\n"),
                "");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/squid/d/a.conf", "http_port [2001:db8::1]:1\nif false\n");
        fixture_write(*state, "/etc/squid/d/b.conf", "http_port [2001:db8::2]:1\n");
        assert_string_equal(found(state, "include /etc/squid/d/*.conf\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(
                found(state,
                      "if true\ninclude /etc/squid/d/b.conf /etc/squid/d/a.conf\nhttp_port [2001:db8::3]:1\nelse\nhttp_port [2001:db8::4]:1\nendif\n"),
                "2001:db8::2 2001:db8::1 2001:db8::3");
        assert_string_equal(
                found(state, "include /etc/squid/d/a.conf\nhttp_port [2001:db8::3]:1\n"),
                "2001:db8::1 2001:db8::3");
        assert_string_equal(found(state, "if false\ninclude /etc/squid/d/a.conf\nendif\n"), "");
        assert_string_equal(
                found(state, "http_port [2001:db8::1]:1\ninclude /etc/squid/squid.conf\n"),
                "2001:db8::1");
}

static void test_unknown(void **state) {
        const struct fixture *fixture = *state;

        found(state, "http_port host.example:1\nhttp_port localhost:1\n");
        assert_string_equal(fixture->unknown, "squid.conf:1:host.example");
        assert_string_equal(
                found(state,
                      "if unknown\nhttp_port [2001:db8::1]:1\nelse\nhttp_port [2001:db8::2]:1\nendif\n"),
                "2001:db8::1 2001:db8::2");
}

static void test_private_files(void **state) {
        assert_string_equal(
                fixture_shown(*state, squid_read, CONFIG, "http_port [2001:db8::1]:1 secret\n"),
                "http_port|");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_ports),         TEST(test_addresses),  TEST(test_lines),
                TEST(test_quoted_values), TEST(test_conditions), TEST(test_nested_conditions),
                TEST(test_processes),     TEST(test_includes),   TEST(test_unknown),
                TEST(test_private_files),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
