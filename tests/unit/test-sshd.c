/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define CONFIG "/etc/ssh/sshd_config"

/* The patterns for a file, and up to four words of the command line. */
static const char *found_with(void **state, const char *config, const char *a, const char *b,
                              const char *c, const char *d) {
        CLEANUP(string_list_clear) struct string_list arguments = { 0 };
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, "/usr/etc/ssh/sshd_config", CONFIG, NULL),
                .arguments = fixture_list(&arguments, a, b, c, d, NULL),
                .arguments_file = "/usr/lib/systemd/system/ssh.service",
        };

        fixture_write(fixture, CONFIG, config);
        return fixture_read(fixture, sshd_read, &source);
}

static const char *found(void **state, const char *config) {
        return found_with(state, config, NULL, NULL, NULL, NULL);
}

static void test_addresses(void **state) {
        assert_string_equal(found(state, "ListenAddress 2001:db8::1\nlistenaddress [2001:db8::2]\n"
                                         "LISTENADDRESS [2001:db8::3]:22\n"),
                            "2001:db8::1 2001:db8::2 2001:db8::3");
        assert_string_equal(found(state, "ListenAddress fe80::1%eth0\n"), "fe80::1%eth0");
        assert_string_equal(found(state, "ListenAddress localhost:22\nListenAddress 127.0.0.1\n"),
                            "");
        assert_string_equal(found(state, "ListenAddress [2001:db8::1]x\nListenAddress a/22\n"), "");
        assert_string_equal(found(state, "ListenAddress 2001:db8::1 rdomain blue\n"),
                            "2001:db8::1");
}

static void test_ipv4(void **state) {
        static const char ADDRESSES[] = "ListenAddress 192.0.2.1\nListenAddress 192.0.2.2:22\n"
                                        "ListenAddress 2001:db8::1\n";

        fixture_choose_ipv4(*state);
        assert_string_equal(found(state, ADDRESSES), "192.0.2.1 192.0.2.2");
        assert_string_equal(found_with(state, ADDRESSES, "-4", NULL, NULL, NULL),
                            "192.0.2.1 192.0.2.2");
        assert_string_equal(found_with(state, ADDRESSES, "-6", NULL, NULL, NULL), "");
        assert_string_equal(found(state, "AddressFamily inet6\nListenAddress 192.0.2.1\n"), "");
        assert_string_equal(found(state, "ListenAddress 192.0.2.1\nAddressFamily inet\n"),
                            "192.0.2.1");
}

static void test_words(void **state) {
        assert_string_equal(found(state, "ListenAddress=2001:db8::1\nListenAddress = 2001:db8::2\n"
                                         "\"ListenAddress\" '2001:db8::3' # 2001:db8::4\r\n"
                                         "=ListenAddress 2001:db8::5\n"),
                            "2001:db8::1 2001:db8::2 2001:db8::3 2001:db8::5");
        assert_string_equal(found(state, "#ListenAddress 2001:db8::1\n\"ListenAddress\n\n \n"), "");
}

static void test_first_family_counts(void **state) {
        assert_string_equal(found(state, "AddressFamily inet\nListenAddress 2001:db8::1\n"), "");
        assert_string_equal(found(state, "AddressFamily any\nAddressFamily inet\n"
                                         "ListenAddress 2001:db8::1\n"),
                            "2001:db8::1");
}

static void test_match(void **state) {
        assert_string_equal(found(state, "Match user a\nListenAddress 2001:db8::1\n"
                                         "Match all\nListenAddress 2001:db8::2\n"),
                            "2001:db8::2");
}

static void test_match_version(void **state) {
        assert_string_equal(found(state, "Match version OpenSSH_10*\nListenAddress 2001:db8::1\n"
                                         "Match Version=x version y # user z\n"
                                         "ListenAddress 2001:db8::2\nMatch version x user y\n"
                                         "AddressFamily inet\n"),
                            "2001:db8::1 2001:db8::2");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/ssh/a.conf", "Match user x\n");
        fixture_write(*state, "/etc/ssh/b.conf", "ListenAddress 2001:db8::1\nInclude b.conf\n");
        assert_string_equal(found(state, "Include [a]*.conf /etc/ssh/b.conf ~x\n"
                                         "ListenAddress 2001:db8::2\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "Match user x\nInclude b.conf\n"), "");
}

static void test_options(void **state) {
        const char *config = "AddressFamily inet\nListenAddress 2001:db8::1\n";

        assert_string_equal(found_with(state, config, "-D", "-6", NULL, NULL), "2001:db8::1");
        assert_string_equal(found_with(state, config, "-oAddressFamily=any", "-o",
                                       "ListenAddress 2001:db8::2", NULL),
                            "2001:db8::2 2001:db8::1");
        assert_string_equal(found_with(state, config, "-o", "AddressFamily any", "-4", NULL), "");
        assert_string_equal(found_with(state, config, "-6", "-i", NULL, NULL), "");
        assert_string_equal(
                found_with(state, config, "-f", "none", "-o", "ListenAddress=2001:db8::2"),
                "2001:db8::2");
        fixture_write(*state, "/other", "ListenAddress 2001:db8::3\n");
        assert_string_equal(found_with(state, config, "-f", "other", NULL, NULL), "2001:db8::3");
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
                TEST(test_ipv4),    TEST(test_addresses),
                TEST(test_words),   TEST(test_first_family_counts),
                TEST(test_match),   TEST(test_includes),
                TEST(test_options), TEST(test_match_version),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
