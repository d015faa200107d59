/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define SMTP "smtp inet n - y - - smtpd\n"

static const char *read_with(void **state, const struct string_list *arguments,
                             const struct string_list *environment) {
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, "/etc/postfix/main.cf", NULL),
                .environment = environment,
                .arguments = arguments,
        };

        return fixture_read(fixture, postfix_read, &source);
}

static const char *found_with(void **state, const char *main_cf, const char *master_cf) {
        fixture_write(*state, "/etc/postfix/main.cf", main_cf);
        fixture_write(*state, "/etc/postfix/master.cf", master_cf);
        return read_with(state, NULL, NULL);
}

static const char *found(void **state, const char *main_cf) {
        return found_with(state, main_cf, SMTP);
}

static void test_interfaces(void **state) {
        assert_string_equal(found(state, "inet_interfaces = 2001:db8::1,[2001:db8::2] ::1\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "inet_interfaces = all\n"), "");
        assert_string_equal(found(state, "inet_interfaces = loopback-only\n"), "");
        assert_string_equal(found(state, "inet_interfaces = 2001:db8::1\n"
                                         "inet_interfaces = 2001:db8::2\n"),
                            "2001:db8::2");
}

static void test_protocols(void **state) {
        assert_string_equal(found(state, "inet_interfaces = 2001:db8::1\n"
                                         "inet_protocols = ipv4, ipv6\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "inet_interfaces = 2001:db8::1\ninet_protocols = ipv4\n"),
                            "");
}

static void test_ipv4(void **state) {
        fixture_choose_ipv4(*state);
        assert_string_equal(found(state, "inet_interfaces = 192.0.2.1 [2001:db8::1]\n"),
                            "192.0.2.1");
        assert_string_equal(found(state, "inet_interfaces = 192.0.2.1\ninet_protocols = ipv4\n"),
                            "192.0.2.1");
        assert_string_equal(found(state, "inet_interfaces = 192.0.2.1\ninet_protocols = all\n"),
                            "192.0.2.1");
        assert_string_equal(found(state, "inet_interfaces = 192.0.2.1\ninet_protocols = ipv6\n"),
                            "");
        assert_string_equal(found_with(state, "", "192.0.2.1:25 inet n - y - - smtpd\n"),
                            "192.0.2.1");
}

static void test_lines(void **state) {
        assert_string_equal(found(state, " inet_interfaces = 2001:db8::9\n"
                                         "  2001:db8::8\n"
                                         "inet_interfaces =\n# comment\n\n  2001:db8::1,\n"
                                         " # 2001:db8::7\n\t2001:db8::2\nno value\n"),
                            "2001:db8::1 2001:db8::2");
}

static void test_variables(void **state) {
        assert_string_equal(found(state, "inet_interfaces = $a ${b} $(c)\nb = 2001:db8::2\n"
                                         "c = ${d}\nd = 2001:db8::3\na = 2001:db8::1\n"),
                            "2001:db8::1 2001:db8::2 2001:db8::3");
        assert_string_equal(found(state, "inet_interfaces = ${a?2001:db8::1} ${b?2001:db8::2} "
                                         "${a:2001:db8::3} ${b:2001:db8::4}\na = 1\n"),
                            "2001:db8::1 2001:db8::4");
        assert_string_equal(found(state, "inet_interfaces = ${a?{2001:db8::1}:{2001:db8::2}} "
                                         "${b?{2001:db8::3}:{2001:db8::4}}\na = 1\n"),
                            "2001:db8::1 2001:db8::4");
}

static void test_comparisons(void **state) {
        assert_string_equal(found(state, "inet_interfaces = ${{9} < {10}?{2001:db8::1}}"
                                         "${{b} < {a}?{2001:db8::2}}\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, "inet_interfaces = "
                                         "${{3.10} >=level {3.9}?{2001:db8::1}:{2001:db8::2}}\n"),
                            "2001:db8::1");
}

/* Postfix does not start, so there is nothing to wait for. */
static void test_expressions_that_are_none(void **state) {
        static const char *const EXPRESSIONS[] = {
                "${",
                "$",
                "${a",
                "${a b}",
                "${{a}",
                "${{a}?}",
                "${{a}==}",
                "${{a}=={b}x}",
                "${f{2001:db8::1}}",
                "$inet_interfaces",
        };

        for (size_t i = 0; i < sizeof(EXPRESSIONS) / sizeof(EXPRESSIONS[0]); i++) {
                char text[128];

                assert_true(snprintf(text, sizeof(text), "inet_interfaces = %s\n", EXPRESSIONS[i]) >
                            0);
                assert_string_equal(found(state, text), "");
        }
}

static void test_growth_is_bounded(void **state) {
        char text[2048] = "inet_interfaces = $a0\na30 = 2001:db8::1\n";

        for (int i = 0; i < 30; i++)
                assert_true(snprintf(text + strlen(text), sizeof(text) - strlen(text),
                                     "a%d = $a%d $a%d\n", i, i + 1, i + 1) > 0);
        assert_string_equal(found(state, text), "");
}

static void test_services(void **state) {
        const char *main_cf = "inet_interfaces = 2001:db8::1\n";

        assert_string_equal(found_with(state, main_cf,
                                       "[2001:db8::2]:25 inet n - y - - smtpd\n"
                                       "2001:db8::3:25 inet n - y - - smtpd\n"
                                       "[ipv6:2001:db8::4]:25 inet n - y - - smtpd\n"
                                       "[2001:db8::5]:25 unix n - y - - smtpd\n"
                                       "[2001:db8::6 inet n - y - - smtpd\n"),
                            "2001:db8::2 2001:db8::3 2001:db8::4");
        assert_string_equal(found_with(state, main_cf,
                                       SMTP "  -o inet_interfaces=2001:db8::2\n"
                                            "  -o inet_protocols=ipv4\n"),
                            "2001:db8::1");
}

static void test_disabled(void **state) {
        const char *services = "[2001:db8::2]:25 inet n - y - - smtpd\n2525 inet n - y - - smtpd\n";

        assert_string_equal(found_with(state,
                                       "inet_interfaces = 2001:db8::1\n"
                                       "master_service_disable = 2525/inet\n",
                                       services),
                            "2001:db8::2");
        assert_string_equal(found_with(state,
                                       "inet_interfaces = 2001:db8::1\n"
                                       "master_service_disable = !2525.inet inet\n",
                                       services),
                            "2001:db8::1");
}

/* What depends on the version of Postfix. */
static void test_unknown(void **state) {
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, "inet_interfaces = ${config_directory?2001:db8::1}\n"),
                            "");
        assert_string_equal(fixture->unknown, "main.cf:1:${config_directory?2001:db8::1}");
        assert_string_equal(
                found(state, "process_name = x\ninet_interfaces = ${process_name?2001:db8::1}\n"),
                "2001:db8::1");
}

static void write_instances(void **state) {
        fixture_write(*state, "/etc/postfix/main.cf",
                      "inet_interfaces = 2001:db8::1\nmulti_instance_wrapper = postmulti -p --\n"
                      "multi_instance_directories = /etc/postfix-a, /etc/postfix-b\n");
        fixture_write(*state, "/etc/postfix/master.cf", SMTP);
        fixture_write(*state, "/etc/postfix-a/main.cf",
                      "inet_interfaces = 2001:db8::a\nmulti_instance_name = first\n");
        fixture_write(*state, "/etc/postfix-a/master.cf", SMTP);
        fixture_write(*state, "/etc/postfix-b/main.cf",
                      "inet_interfaces = 2001:db8::b\nmulti_instance_enable = yes\n");
        fixture_write(*state, "/etc/postfix-b/master.cf", SMTP);
}

static void test_instances(void **state) {
        CLEANUP(string_list_clear) struct string_list words = { 0 }, environment = { 0 };

        write_instances(state);
        fixture_list(&words, "-i", "-", "-p", "start", NULL);
        assert_string_equal(read_with(state, &words, NULL), "2001:db8::1");
        fixture_list(&words, "-i", "first", "-p", "start", NULL);
        assert_string_equal(read_with(state, &words, NULL), "2001:db8::a");
        fixture_list(&words, "-i", "postfix-b", "-p", "start", NULL);
        assert_string_equal(read_with(state, &words, NULL), "2001:db8::b");
        fixture_list(&words, "-c", "/etc/postfix-a", "start", NULL);
        assert_string_equal(read_with(state, &words, NULL), "2001:db8::a");
        fixture_list(&words, "start", NULL);
        assert_string_equal(read_with(state, &words, NULL), "2001:db8::1 2001:db8::b");
        fixture_list(&words, "debian-systemd-start", NULL);
        fixture_list(&environment, "MAIL_CONFIG=/etc/postfix-b", NULL);
        assert_string_equal(read_with(state, &words, &environment), "2001:db8::b");
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
                TEST(test_ipv4),
                TEST(test_interfaces),
                TEST(test_unknown),
                TEST(test_protocols),
                TEST(test_lines),
                TEST(test_variables),
                TEST(test_comparisons),
                TEST(test_expressions_that_are_none),
                TEST(test_growth_is_bounded),
                TEST(test_services),
                TEST(test_disabled),
                TEST(test_instances),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
