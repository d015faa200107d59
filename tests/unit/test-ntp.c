/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define CONFIG   "/etc/ntpsec/ntp.conf"
#define DEFAULTS "/etc/default/ntpsec"

/* The patterns for an ntp.conf (NULL: none) and the options of a defaults file (NULL: none). */
static const char *found(void **state, const char *config, const char *options) {
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .environment_files = fixture_list(&fixture->environment_files, DEFAULTS, NULL),
        };
        char line[256];

        if (config)
                fixture_write(fixture, CONFIG, config);
        assert_true(snprintf(line, sizeof(line), "NTPD_OPTS=\"%s\"\n", options ? options : "") <
                    (int)sizeof(line));
        fixture_write(fixture, DEFAULTS, line);
        return fixture_read(fixture, ntp_read, &source);
}

static void test_without_rules_every_address(void **state) {
        assert_string_equal(found(state, NULL, NULL), "any");
        assert_string_equal(found(state, "", "-g -N"), "any");
        assert_string_equal(found(state, "server ::1 iburst\ninterfaces listen eth0\n", NULL),
                            "any");
        assert_string_equal(found(state, "#interface listen eth0\n", "-L"), "any");
}

static void test_targets(void **state) {
        assert_string_equal(found(state, "interface listen eth0", NULL), "any%eth0");
        assert_string_equal(found(state, " nic\tdrop eth0 \r\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic listen all\n", NULL), "any");
        assert_string_equal(found(state, "nic listen ipv6\n", NULL), "any");
        assert_string_equal(found(state, "nic listen ipv4\nnic listen wildcard\n", NULL), "");
        assert_string_equal(found(state, "nic listen 2001:DB8::0:1\n", NULL), "2001:db8::1");
        assert_string_equal(found(state, "nic listen [2001:db8::1]\n", NULL), "2001:db8::1");
        assert_string_equal(found(state, "nic listen 2001:db8::1/64\n", NULL), "2001:db8::/64");
        assert_string_equal(found(state, "nic listen [2001:db8::ff]/121\n", NULL),
                            "2001:db8::80/121");
        assert_string_equal(found(state, "nic listen ::/0\n", NULL), "any");
        assert_string_equal(found(state, "nic listen fe80::1%eth0\n", NULL), "fe80::1%eth0");
        assert_string_equal(found(state, "nic listen fe80::%eth0/10\n", NULL), "fe80::/10%eth0");
        assert_string_equal(found(state, "nic listen 192.0.2.1\nnic listen 10.0.0.0/8\n", NULL),
                            "");
        assert_string_equal(found(state, "nic listen ::1\n", NULL), "");
}

/* ntpd binds what is assigned, which is ready if it is of IPv4: only an address that a rule names
 * may be late. */
static void test_ipv4(void **state) {
        fixture_choose_ipv4(*state);
        assert_string_equal(
                found(state, "nic listen all\nnic listen ipv4\nnic listen eth0\n", NULL), "");
        assert_string_equal(found(state, "", NULL), "");
        assert_string_equal(found(state, "nic listen 192.0.2.1\nnic drop 192.0.2.2\n", NULL),
                            "192.0.2.1 192.0.2.2");
        assert_string_equal(
                found(state, "nic listen 192.0.2.0/24\nnic listen 192.0.2.1/32\n", NULL), "");
        assert_string_equal(found(state, "nic listen 192.0.2.1\nnic ignore ipv6\n", NULL),
                            "192.0.2.1");
        assert_string_equal(found(state, "nic listen 192.0.2.1\nnic ignore ::/0\n", NULL),
                            "192.0.2.1");
        assert_string_equal(found(state, "nic listen 192.0.2.1\nnic ignore ipv4\n", NULL), "");
        assert_string_equal(found(state, "nic listen 192.0.2.1\nnic ignore all\n", NULL), "");
        assert_string_equal(found(state, "nic listen 192.0.2.1\nnic ignore 192.0.2.0/30\n", NULL),
                            "");
        assert_string_equal(found(state, "nic ignore ipv4\nnic listen 192.0.2.1\n", NULL),
                            "192.0.2.1");
        assert_string_equal(found(state, "nic listen ::ffff:192.0.2.1\n", NULL), "");
        assert_string_equal(found(state, "", "-I 192.0.2.1"), "192.0.2.1");
        assert_string_equal(found(state, "", "-4 -I 192.0.2.1"), "192.0.2.1");
        assert_string_equal(found(state, "", "-6 -I 192.0.2.1"), "");
        assert_string_equal(found(state, "", "-6 -4 -I 192.0.2.1"), "192.0.2.1");
}

/* sscanf("%d"): what is no number or negative is no length, too long is 128. */
static void test_odd_prefix_lengths(void **state) {
        assert_string_equal(found(state, "nic listen 2001:db8::1/x\n", NULL), "2001:db8::1");
        assert_string_equal(found(state, "nic listen 2001:db8::1/-1\n", NULL), "2001:db8::1");
        assert_string_equal(found(state, "nic listen 2001:db8::1/999\n", NULL), "2001:db8::1/128");
        assert_string_equal(found(state, "nic listen 2001:db8::1/64%x\n", NULL), "2001:db8::/64");
}

/* ntpd compares scopes too: these rules match no address it will ever see. */
static void test_addresses_that_match_nothing(void **state) {
        assert_string_equal(found(state, "nic listen fe80::1\n", NULL), "");
        assert_string_equal(found(state, "nic listen 2001:db8::1%eth0\n", NULL), "");
        assert_string_equal(found(state, "nic listen 2001:db8::zz\n", NULL), "");
        assert_string_equal(found(state, "nic listen eth0:1\n", NULL), "");
        assert_string_equal(found(state, "nic listen sixteen-letters-\n", NULL), "");
        assert_string_equal(found(state, "nic listen fe80::1/128\n", NULL), "fe80::1/128");
}

static void test_names_that_may_match_any_interface(void **state) {
        assert_string_equal(found(state, "nic listen eth*\n", NULL), "any");
        assert_string_equal(found(state, "nic listen ETH0\n", NULL), "any");
        assert_string_equal(found(state, "nic listen \"12\"\n", NULL), "any");
        assert_string_equal(found(state, "nic listen eth0\nnic ignore eth*\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic listen eth0\nnic ignore *\n", NULL), "");
}

static void test_last_rule_decides(void **state) {
        assert_string_equal(found(state, "nic listen eth0\nnic ignore all\n", NULL), "");
        assert_string_equal(found(state, "nic ignore all\nnic listen eth0\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic listen eth0\nnic ignore eth0\n", NULL), "");
        assert_string_equal(found(state, "nic listen eth0\nnic ignore eth1\n", NULL), "any%eth0");
        assert_string_equal(
                found(state, "nic listen 2001:db8::1\nnic ignore 2001:db8::/64\n", NULL), "");
        assert_string_equal(
                found(state, "nic ignore 2001:db8::/64\nnic listen 2001:db8::1\n", NULL),
                "2001:db8::1");
        assert_string_equal(
                found(state, "nic listen 2001:db8::/48\nnic ignore 2001:db8::/64\n", NULL),
                "2001:db8::/48");
        assert_string_equal(found(state, "nic listen fe80::1%eth0\nnic ignore eth0\n", NULL), "");
        assert_string_equal(found(state, "nic listen fe80::1%eth0\nnic ignore fe80::/10\n", NULL),
                            "");
        assert_string_equal(
                found(state, "nic listen eth0\nnic ignore all\nnic listen eth1\n", NULL),
                "any%eth1");
        assert_string_equal(found(state, "nic listen all\nnic ignore 2001:db8::1\n", NULL), "any");
}

/* What a later rule repeats is left to it, but an address by name is waited for if absent. */
static void test_repetitions(void **state) {
        assert_string_equal(found(state, "nic listen eth0\nnic listen all\n", NULL), "any");
        assert_string_equal(found(state, "nic listen 2001:db8::1\nnic listen all\n", NULL),
                            "2001:db8::1 any");
}

/* In the presence of rules, what none of them matches is ignored. */
static void test_rules_that_only_ignore(void **state) {
        assert_string_equal(found(state, "interface ignore wildcard\n", NULL), "");
        assert_string_equal(found(state, "nic ignore 2001:db8::1\n", NULL), "");
        assert_string_equal(found(state, "nic ignore ipv4\n", NULL), "");
}

static void test_words(void **state) {
        assert_string_equal(found(state, "nic listen eth0#comment\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic listen \"eth0\" # x\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic listen et\"h0\"\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic listen \"eth0\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic listen \"all\"\n", NULL), "any%all");
        assert_string_equal(found(state, "nic listen eth0,eth1\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic listen eth0 eth1\n", NULL), "any%eth0");
        assert_string_equal(found(state, "nic \xc3\xa4listen e\xc3\xa4th0\n", NULL), "any%eth0");
}

static void test_lines_that_are_no_rules(void **state) {
        assert_string_equal(found(state, "NIC listen eth0\n", NULL), "any");
        assert_string_equal(found(state, "\"nic\" listen eth0\n", NULL), "any");
        assert_string_equal(found(state, "nic \"listen\" eth0\n", NULL), "any");
        assert_string_equal(found(state, "nic listen 12\n", NULL), "any");
        assert_string_equal(found(state, "nic listen ,eth0\n", NULL), "any");
        assert_string_equal(found(state, "nic,listen eth0\n", NULL), "any");
        assert_string_equal(found(state, "nic listen\neth0\n", NULL), "any");
        assert_string_equal(found(state, "nic accept eth0\nnic\n", NULL), "any");
        assert_string_equal(found(state, "nic bad\nnic listen eth0\n", NULL), "any%eth0");
}

static void test_end(void **state) {
        assert_string_equal(found(state, "nic listen eth0\nend\nnic listen eth1\n", NULL),
                            "any%eth0");
        fixture_write(*state, "/etc/ntpsec/part", "nic listen eth1\nend\n");
        assert_string_equal(found(state, "includefile part\nnic listen eth2\n", NULL), "any%eth1");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/ntpsec/sub/one", "nic listen eth1\nincludefile two");
        fixture_write(*state, "/etc/ntpsec/sub/two", "nic listen eth2\n");
        fixture_write(*state, "/srv/dir/b.conf", "nic listen eth4\n");
        fixture_write(*state, "/srv/dir/a.conf", "nic listen eth3\n");
        fixture_write(*state, "/srv/dir/c.txt", "nic listen eth5\n");
        fixture_write(*state, "/srv/dir/d.conf/e.conf", "nic listen eth6\n");

        assert_string_equal(
                found(state, "nic listen eth0\nincludefile sub/one\nnic listen eth9\n", NULL),
                "any%eth0 any%eth1 any%eth2 any%eth9");
        assert_string_equal(found(state, "includefile \"/srv/dir\"", NULL),
                            "any%eth6 any%eth4 any%eth3");
        assert_string_equal(found(state, "includefile srv/dir/a.conf", NULL), "any%eth3");
        assert_string_equal(found(state, "includefile missing\nnic listen eth0\n", NULL),
                            "any%eth0");
        assert_string_equal(found(state, "includefile\nnic listen eth0\n", NULL), "any%eth0");
}

static void test_directory_beside(void **state) {
        fixture_write(*state, "/etc/ntpsec/ntp.d/b.conf", "nic listen eth2\n");
        fixture_write(*state, "/etc/ntpsec/ntp.d/a.conf", "nic listen eth1\n");
        assert_string_equal(found(state, NULL, NULL), "any%eth2 any%eth1");
        assert_string_equal(found(state, "nic listen eth0\nend\n", NULL),
                            "any%eth0 any%eth2 any%eth1");
        fixture_write(*state, "/etc/ntpsec/ntp.d/aa.conf", "nic ignore all\n");
        assert_string_equal(found(state, "nic listen eth0\n", NULL), "any%eth1");
}

/* The sixth file is read, a seventh is not (MAXINCLUDELEVEL). */
static void test_nesting(void **state) {
        char path[64], content[64];

        for (int i = 1; i <= 8; i++) {
                (void)snprintf(path, sizeof(path), "/etc/ntpsec/n%d", i);
                (void)snprintf(content, sizeof(content), "nic listen eth%d\nincludefile n%d\n", i,
                               i + 1);
                fixture_write(*state, path, content);
        }
        assert_string_equal(found(state, "includefile n1\n", NULL),
                            "any%eth1 any%eth2 any%eth3 any%eth4 any%eth5");
}

/* A directory's files are all open while the first is read. */
static void test_nesting_below_a_directory(void **state) {
        char path[64], content[64];

        for (int i = 1; i <= 7; i++) {
                (void)snprintf(path, sizeof(path), "/etc/ntpsec/ntp.d/%d.conf", i);
                (void)snprintf(content, sizeof(content), "includefile i%d\n", i);
                fixture_write(*state, path, content);
                (void)snprintf(path, sizeof(path), "/etc/ntpsec/ntp.d/i%d", i);
                (void)snprintf(content, sizeof(content), "nic listen eth%d\n", i);
                fixture_write(*state, path, content);
        }
        assert_string_equal(found(state, "", NULL), "any%eth4 any%eth3 any%eth2 any%eth1");
}

static void test_endless_inclusion_ends(void **state) {
        static char content[3200 * sizeof("includefile ntp.conf")] = "nic listen eth0\n";
        char *end = content + strlen(content);

        for (int i = 0; i < 3000; i++)
                end = stpcpy(end, "includefile ntp.conf\n");
        assert_string_equal(found(state, content, NULL), "any%eth0");
}

static void test_options(void **state) {
        assert_string_equal(found(state, "", "-g -I eth0 -N"), "any%eth0");
        assert_string_equal(found(state, "", "-gIeth0"), "any%eth0");
        assert_string_equal(found(state, "", "--interface=eth0 --int 2001:db8::1"),
                            "any%eth0 2001:db8::1");
        assert_string_equal(found(state, "", "-I [2001:db8::1]"), "2001:db8::1");
        assert_string_equal(found(state, "", "-I 2001:db8::/64"), "");
        assert_string_equal(found(state, "", "-I e*"), "any");
        assert_string_equal(found(state, "", "-I 12"), "any");
        assert_string_equal(found(state, "", "-u -I eth0"), "any");
        assert_string_equal(found(state, "", "server -I eth0"), "any");
        assert_string_equal(found(state, "", "-J -I eth0"), "any%eth0");
        assert_string_equal(found(state, "nic listen ipv6\n", "-4"), "");
        assert_string_equal(found(state, "", "--ipv4"), "");
}

/* It exits instead. */
static void test_rules_besides_options(void **state) {
        assert_string_equal(found(state, "nic listen eth0\n", "-I eth1"), "");
        assert_string_equal(found(state, "nic listen eth0\n", "--novirtualips"), "");
}

static void test_other_config(void **state) {
        fixture_write(*state, "/srv/other.conf", "nic listen eth7\n");
        fixture_write(*state, "/srv/ntp.d/x.conf", "nic listen eth8\n");
        assert_string_equal(found(state, "nic listen eth0\n", "-c srv/other.conf"),
                            "any%eth7 any%eth8");
        assert_string_equal(found(state, "nic listen eth0\n", "-c /srv/other.conf"),
                            "any%eth7 any%eth8");
}

/* Where definitions of several packages meet in one unit. */
static void test_last_existing_file_counts(void **state) {
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, "/etc/ntp.conf", CONFIG, "/etc/missing",
                                       NULL),
                .environment_files = fixture_list(&fixture->environment_files,
                                                  "/etc/sysconfig/ntpd", "/etc/default/ntp", NULL),
        };

        fixture_write(*state, "/etc/ntp.conf", "nic listen eth0\n");
        assert_string_equal(fixture_read(*state, ntp_read, &source), "any%eth0");
        fixture_write(*state, CONFIG, "");
        assert_string_equal(fixture_read(*state, ntp_read, &source), "any");
        fixture_write(*state, "/etc/sysconfig/ntpd", "OPTIONS='-I eth1'\n");
        assert_string_equal(fixture_read(*state, ntp_read, &source), "any%eth1");
        fixture_write(*state, "/etc/default/ntp", "NTPD_OPTIONS='-I eth2'\n");
        assert_string_equal(fixture_read(*state, ntp_read, &source), "any%eth2");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_ipv4),
                TEST(test_without_rules_every_address),
                TEST(test_targets),
                TEST(test_odd_prefix_lengths),
                TEST(test_addresses_that_match_nothing),
                TEST(test_names_that_may_match_any_interface),
                TEST(test_last_rule_decides),
                TEST(test_repetitions),
                TEST(test_rules_that_only_ignore),
                TEST(test_words),
                TEST(test_lines_that_are_no_rules),
                TEST(test_end),
                TEST(test_includes),
                TEST(test_directory_beside),
                TEST(test_nesting),
                TEST(test_nesting_below_a_directory),
                TEST(test_endless_inclusion_ends),
                TEST(test_options),
                TEST(test_rules_besides_options),
                TEST(test_other_config),
                TEST(test_last_existing_file_counts),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
