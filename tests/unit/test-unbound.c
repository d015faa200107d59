/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"
#include "log-fixture.h"

#define CONFIG "/etc/dns/dns.conf"

static const char *read_with(void **state, format_read_fn *read, const char *config,
                             const struct string_list *arguments) {
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments = arguments,
                .arguments_file = "/usr/lib/systemd/system/dns.service",
        };

        fixture_write(fixture, CONFIG, config);
        return fixture_read(fixture, read, &source);
}

static const char *found(void **state, const char *config) {
        return read_with(state, unbound_read, config, NULL);
}

static const char *found_by_nsd(void **state, const char *config) {
        return read_with(state, nsd_read, config, NULL);
}

static void test_free_form(void **state) {
        assert_string_equal(found(state, "server: interface: ::2 interface: ::3\n"), "::2 ::3");
        assert_string_equal(found(state, "server:interface:::2 interface:\n#::9\n'::3'#::9\n"),
                            "::2 ::3");
        assert_string_equal(found(state, "server: interface: \"::2@53\"ip-address:\r\n ::3"),
                            "::2 ::3");
        assert_string_equal(found_by_nsd(state, "server: ip-address: \"::2\"interface: ::3@53\n"),
                            "::2 ::3");
        assert_string_equal(found_by_nsd(state, "server: ip-address: 2001:db8:: port: 53\n"),
                            "2001:db8::");
}

static void test_sections(void **state) {
        assert_string_equal(found(state, "view: interface: ::2\nserver: interface: ::3"), "::3");
        assert_string_equal(found(state, "server: interface-action: ::2 allow\n"
                                         "local-zone: interface: static\noutgoing-interface: ::3"),
                            "");
        assert_string_equal(found_by_nsd(state, "verify: enable: yes ip-address: ::2\n"), "::2");
        assert_string_equal(found_by_nsd(state, "verify: ip-address: ::2\n"), "");
        assert_string_equal(found_by_nsd(state, "server: metrics-interface: ::2\n"), "");
        assert_string_equal(
                found_by_nsd(state, "server: metrics-enable: yes metrics-interface: ::2\n"), "::2");
}

static void test_switches(void **state) {
        assert_string_equal(found(state, "server: interface: ::2 interface-automatic: yes"), "");
        assert_string_equal(
                found(state, "server: interface: ::2 interface-automatic: yes do-udp: no"), "::2");
        assert_string_equal(found(state, "server: interface: ::2 do-ip6: no\n"
                                         "remote-control: control-interface: ::3"),
                            "");
        assert_string_equal(found(state, "server: interface: ::2 do-ip6: no\nremote-control:"
                                         "control-interface: ::3 control-enable: yes"),
                            "::3");
        assert_string_equal(found(state, "server: interface: ::2 ip-freebind: yes\nremote-control:"
                                         "control-interface: ::3 control-enable: yes"),
                            "");
        assert_string_equal(found_by_nsd(state, "server: ip-address: ::2 ip-transparent: yes\n"
                                                "remote-control: control-interface: ::3"),
                            "::3");
        assert_string_equal(found_by_nsd(state, "server: ip-address: ::2 ip4-only: yes\n"), "");
        assert_string_equal(found_by_nsd(state, "server: ip-address: ::2 ip4-only: no\n"), "::2");
}

static void test_interfaces(void **state) {
        assert_string_equal(found(state, "server: interface: eth0@53 interface: lo\n"), "any%eth0");
        assert_string_equal(found(state, "server: interface: 192.0.2.1@53 interface: ::1\n"), "");
        assert_string_equal(found(state, "server: interface: fe80::1%eth0\n"), "fe80::1%eth0");
        assert_string_equal(found(state, "remote-control: control-enable: yes "
                                         "control-interface: /run/x control-interface: eth1\n"),
                            "any%eth1");
        log_fixture_begin();
        assert_string_equal(found(state, "server: interface: a/b interface: 2001:db8::zz\n"), "");
        log_fixture_end(CONFIG
                        ":1: a/b: neither an address nor an interface; "
                        "the service cannot bind it.\n" CONFIG
                        ":1: 2001:db8::zz: this is no address; the service cannot bind it.\n");
        assert_string_equal(found(state, "server: interface: 192.0.2.300\n"), "");
        assert_string_equal(found(state, "server: interface: eth0:1 interface: eth0.7\n"),
                            "any%eth0:1 any%eth0.7");
}

static void test_ipv4(void **state) {
        fixture_choose_ipv4(*state);
        assert_string_equal(found(state, "server: interface: 192.0.2.1@53 interface: eth0"),
                            "192.0.2.1");
        assert_string_equal(found(state, "server: interface: 192.0.2.1 do-ip6: no"), "192.0.2.1");
        assert_string_equal(found(state, "server: interface: 192.0.2.1 do-ip4: no remote-control: "
                                         "control-enable: yes control-interface: 192.0.2.2"),
                            "192.0.2.2");
        assert_string_equal(found(state, "server: interface: 192.0.2.1 interface-automatic: yes"),
                            "");
        assert_string_equal(found(state, "server: interface: 192.0.2.1 ip-freebind: yes"), "");
        assert_string_equal(found_by_nsd(state, "server: ip-address: 192.0.2.1 ip4-only: yes"),
                            "192.0.2.1");
        assert_string_equal(found_by_nsd(state, "server: ip-address: 192.0.2.1 ip6-only: yes"), "");
}

static void test_included_files(void **state) {
        struct fixture *fixture = *state;

        fixture_write(fixture, "/etc/dns/a", "::2\n");
        fixture_write(fixture, "/etc/dns/b.conf", "server: interface: ::3\n");
        fixture_write(fixture, "/etc/dns/c.conf", "interface: ::4\n");
        assert_string_equal(found(state, "server: interface: include: /etc/dns/a\n"), "::2");
        assert_string_equal(found(state, "server: include: \"/etc/dns/{c,x*}.conf\"\n"), "::4");
        assert_string_equal(found(state, "server: directory: /etc/dns include: c.conf\n"), "::4");
        assert_string_equal(found(state, "include-toplevel:\n /etc/dns/b.conf\n"), "::3");
        log_fixture_begin();
        assert_string_equal(found(state, "server: include-toplevel: /etc/dns/c.conf\n"), "");
        assert_string_equal(found(state, "server: include: ~/x include: /nothing x\n"), "");
        log_fixture_end(CONFIG ":1: Paths below home directories are not read: ~/x\n" CONFIG
                               ":1: Cannot include '/nothing': No such file or directory\n" CONFIG
                               ":1: Not a keyword: x\n");
}

static void test_options_of_nsd(void **state) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };

        (void)fixture_list(&words, "-d", "-P", "-a", "-a", "::2@53", "-da::3", "-c", CONFIG, NULL);
        assert_string_equal(read_with(state, nsd_read, "", &words), "::2 ::3");
        assert_string_equal(read_with(state, unbound_read, "", &words), "");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_ipv4, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_free_form, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_sections, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_switches, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_interfaces, fixture_setup, fixture_teardown),
                cmocka_unit_test_setup_teardown(test_included_files, fixture_setup,
                                                fixture_teardown),
                cmocka_unit_test_setup_teardown(test_options_of_nsd, fixture_setup,
                                                fixture_teardown),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
