/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define CONFIG "/etc/tor/torrc"

static const char *found(void **state, const char *config) {
        return fixture_find(*state, tor_read, CONFIG, config);
}

static void test_values(void **state) {
        assert_string_equal(found(state, "SocksPort [2001:db8::1]:9050\n"), "2001:db8::1");
        assert_string_equal(found(state, "socksport \"[2001:db8::1]:9050\" IPv6Traffic # x\n"),
                            "2001:db8::1");
        assert_string_equal(
                found(state,
                      "SocksPort 9050\nDNSPort 192.0.2.1:53\nControlPort unix:/run/x:1\nSocksPort 0\n"),
                "");
        assert_string_equal(found(state, "SocksPort \\\n [2001:db8::1]:9050\n"), "2001:db8::1");
        assert_string_equal(
                found(state,
                      "#SocksPort [2001:db8::1]:9050\nOutboundBindAddress [2001:db8::1]\nSocksPort\n"),
                "");
        assert_string_equal(
                found(state,
                      "ORPort [2001:db8::1]:1 NoListen\nORPort [2001:db8::2]:1 NoAdvertise\n"),
                "2001:db8::2");
}

static void test_several(void **state) {
        assert_string_equal(
                found(state,
                      "SocksPort [2001:db8::1]:1\nSocksPort [2001:db8::2]:1\nDNSPort [2001:db8::3]:1\n"),
                "2001:db8::1 2001:db8::2 2001:db8::3");
        assert_string_equal(found(state, "SocksPort [2001:db8::1]:1\n+SocksPort [2001:db8::2]:1\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(
                found(state, "SocksPort [2001:db8::1]:1\n/SocksPort\nDNSPort [2001:db8::2]:1\n"),
                "2001:db8::2");
}

static void test_first_metrics_port(void **state) {
        assert_string_equal(
                found(state, "MetricsPort [2001:db8::1]:1\nMetricsPort [2001:db8::2]:2\n"),
                "2001:db8::1");
        assert_string_equal(found(state, "MetricsPort 1\nMetricsPort [2001:db8::2]:2\n"), "");
}

static void test_disabled_network(void **state) {
        assert_string_equal(
                found(state,
                      "DisableNetwork 1\nSocksPort [2001:db8::1]:1\nControlPort [2001:db8::2]:1\n"),
                "2001:db8::2");
        assert_string_equal(
                found(state, "DisableNetwork 1\nDisableNetwork 0\nSocksPort [2001:db8::1]:1\n"),
                "2001:db8::1");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/tor/d/a", "SocksPort [2001:db8::1]:1\n");
        fixture_write(*state, "/etc/tor/d/.b", "DNSPort [2001:db8::2]:1\n");
        assert_string_equal(found(state, "%include /etc/tor/d\n"), "2001:db8::1");
        assert_string_equal(found(state, "%include /etc/tor/d/*\n"), "2001:db8::1");
        assert_string_equal(found(state, "%include\n%include /missing\n"), "");
        assert_string_equal(found(state, "DNSPort [2001:db8::2]:1\n%include /etc/tor/torrc\n"),
                            "2001:db8::2");
}

static void test_unknown(void **state) {
        const struct fixture *fixture = *state;

        found(state, "SocksPort host.example:1\n");
        assert_string_equal(fixture->unknown, "torrc:1:host.example");
        found(state, "SocksPort localhost:1\nDNSPort auto\n");
        assert_string_equal(fixture->unknown, "");
}

static void test_private_files(void **state) {
        assert_string_equal(
                fixture_shown(*state, tor_read, CONFIG, "SocksPort [2001:db8::1]:1 secret\n"),
                "SocksPort|");
}

/* A later source replaces what an earlier one says of an option, unless it begins with '+'. */
static void test_sources(void **state) {
        struct fixture *fixture = *state;
        struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments_file = "/a.service",
        };

        fixture_write(fixture, "/d", "SocksPort [2001:db8::3]:1\n");
        fixture_write(fixture, CONFIG, "SocksPort [2001:db8::1]:1\n");
        source.arguments = fixture_list(&fixture->arguments, "--defaults-torrc", "/d", NULL);
        assert_string_equal(fixture_read(fixture, tor_read, &source), "2001:db8::1");
        fixture_write(fixture, CONFIG, "+SocksPort [2001:db8::1]:1\n");
        assert_string_equal(fixture_read(fixture, tor_read, &source), "2001:db8::3 2001:db8::1");
        fixture_write(fixture, CONFIG, "/SocksPort\n");
        assert_string_equal(fixture_read(fixture, tor_read, &source), "");
        source.arguments =
                fixture_list(&fixture->arguments, "--SocksPort", "[2001:db8::2]:1 x", NULL);
        assert_string_equal(fixture_read(fixture, tor_read, &source), "2001:db8::2");
}

static const char *found_with(void **state, const char *config, const char *first,
                              const char *second, const char *third) {
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments = fixture_list(&fixture->arguments, first, second, third, NULL),
                .arguments_file = "/a.service",
        };

        fixture_write(fixture, CONFIG, config);
        return fixture_read(fixture, tor_read, &source);
}

static void test_command_line(void **state) {
        static const char CONF[] = "SocksPort [2001:db8::1]:1\n";

        assert_string_equal(found_with(state, CONF, "SocksPort", "[2001:db8::2]:1", NULL),
                            "2001:db8::2");
        assert_string_equal(found_with(state, CONF, "-SocksPort", "[2001:db8::2]:1", NULL),
                            "2001:db8::2");
        assert_string_equal(found_with(state, CONF, "--+SocksPort", "[2001:db8::2]:1", NULL),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found_with(state, CONF, "--/SocksPort", NULL, NULL), "");
        assert_string_equal(found_with(state, CONF, "--quiet", "--SocksPort", "[2001:db8::2]:1"),
                            "2001:db8::2");
        assert_string_equal(found_with(state, CONF, "-f", "--SocksPort", "[2001:db8::2]:1"),
                            "2001:db8::1");
        assert_string_equal(found_with(state, CONF, "--SocksPort", NULL, NULL), "2001:db8::1");
}

static void test_relay_ports(void **state) {
        assert_string_equal(found(state, "ORPort [2001:db8::1]:1\nExtORPort [2001:db8::2]:1\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "ORPort [2001:db8::1]:1\nExtORPort [2001:db8::2]:1\n"
                                         "DNSPort [2001:db8::3]:1\nClientOnly 1\n"),
                            "2001:db8::3");
        assert_string_equal(found(state, "ClientOnly 1\nClientOnly 0\nORPort [2001:db8::1]:1\n"),
                            "2001:db8::1");
}

static void test_names(void **state) {
        assert_string_equal(found(state, "SocksPor [2001:db8::1]:1\nSocks [2001:db8::2]:1\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "__ControlPort [2001:db8::1]:1\nDisableNetwork 1\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "HiddenServicePort 80 [2001:db8::1]:80\n"), "");
        assert_string_equal(found(state, "SocksPort \\\n# x\n  # \\\n [2001:db8::1]:1\n"),
                            "2001:db8::1");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_values),           TEST(test_several),  TEST(test_first_metrics_port),
                TEST(test_disabled_network), TEST(test_includes), TEST(test_unknown),
                TEST(test_private_files),    TEST(test_sources),  TEST(test_command_line),
                TEST(test_relay_ports),      TEST(test_names),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
