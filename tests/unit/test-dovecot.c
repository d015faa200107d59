/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"
#include "log-fixture.h"

#define CONFIG  "/etc/dovecot/dovecot.conf"
#define NEW     "dovecot_config_version = 2.4.0\nprotocols = imap\nssl = no\n"
#define OLD     "protocols = imap\nssl = no\n"
#define IMAP(x) "service imap-login {\n inet_listener imap {\n" x "}\n}\n"

static const char *found(void **state, const char *config) {
        CLEANUP(string_list_clear) struct string_list environment = { 0 };
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .environment = fixture_list(&environment, "V6=2001:db8::e", NULL),
        };

        fixture_write(fixture, CONFIG, config);
        return fixture_read(fixture, dovecot_read, &source);
}

static void test_listen(void **state) {
        assert_string_equal(found(state, OLD "listen = 2001:db8::1, [2001:db8::2] *\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, NEW "listen = 2001:db8::1\nlisten = 2001:db8::2\n"),
                            "2001:db8::2");
        assert_string_equal(found(state, NEW), "");
}

static void test_listeners(void **state) {
        assert_string_equal(found(state, OLD IMAP("address = 2001:db8::1\n") IMAP("port = 143\n")),
                            "2001:db8::1");
        assert_string_equal(found(state, OLD IMAP("address = 2001:db8::1\n") IMAP("port = 0\n")),
                            "");
        assert_string_equal(found(state, NEW IMAP("listen = 2001:db8::1\n")), "2001:db8::1");
        assert_string_equal(found(state, NEW IMAP("address = 2001:db8::1\n")), "");
        assert_string_equal(found(state, OLD "service imap-login {\n inet_listener {\n port = 99\n"
                                             "address = 2001:db8::1\n}\ninet_listener {\n"
                                             "port = 98\naddress = 2001:db8::2\n}\n}\n"),
                            "2001:db8::1 2001:db8::2");
}

static void test_services(void **state) {
        assert_string_equal(found(state, NEW "service pop3-login {\ninet_listener pop3 {\n"
                                             "listen = 2001:db8::1\n}\n}\n"),
                            "");
        assert_string_equal(found(state, NEW "service x {\ninet_listener y {\nport = 1\n"
                                             "listen = 2001:db8::1\n}\n}\n"),
                            "");
        assert_string_equal(found(state, NEW "service x {\ninet_listener y {\nport = 1\n"
                                             "listen = 2001:db8::1\n}\nexecutable = x\n}\n"),
                            "2001:db8::1");
        assert_string_equal(found(state, NEW IMAP("listen = 2001:db8::1\nssl = yes\n")), "");
}

static void test_submissions(void **state) {
        const char *rest = "protocols = submission\nlisten = 2001:db8::1\n"
                           "service submission-login {\ninet_listener submission {\nport = 0\n"
                           "}\n}\n";
        char text[512];

        assert_string_equal(found(state, rest), "");
        assert_true(snprintf(text, sizeof(text), "dovecot_config_version = 2.4.0\n%s", rest) > 0);
        assert_string_equal(found(state, text), "2001:db8::1");
}

static void test_protocols(void **state) {
        const char *listener = "listen = 2001:db8::1\n";

        assert_string_equal(found(state, listener), "2001:db8::1");
        assert_string_equal(found(state, "dovecot_config_version = 2.4.0\nlisten = 2001:db8::1\n"),
                            "");
        assert_string_equal(found(state, "protocols = none\nlisten = 2001:db8::1\n"), "");
        fixture_write(*state, "/usr/share/dovecot/protocols.d/imapd.protocol",
                      "protocols = $protocols imap\n");
        assert_string_equal(found(state, listener), "");
        assert_string_equal(found(state, "!include_try /usr/share/dovecot/protocols.d/*.protocol\n"
                                         "listen = 2001:db8::1\n"),
                            "2001:db8::1");
}

static void test_lists(void **state) {
        assert_string_equal(found(state, NEW "listen = 2001:db8::1 2001:db8::2\nlisten {\n"
                                             "2001:db8::3 = yes\n2001:db8::1 = no\n}\n"),
                            "2001:db8::2 2001:db8::3");
        assert_string_equal(
                found(state, NEW "listen = 2001:db8::1\n" IMAP("listen {\n2001:db8::2 = yes\n}\n")),
                "2001:db8::2 2001:db8::1");
        assert_string_equal(found(state, NEW "listen = 2001:db8::1\nservice imap-login {\n"
                                             "listen = 2001:db8::2\n}\n"),
                            "2001:db8::2");
}

static void test_variables(void **state) {
        assert_string_equal(found(state, OLD "listen = 2001:db8::1\nlisten = $listen 2001:db8::2 "
                                             "$ENV:V6\n"),
                            "2001:db8::1 2001:db8::2 2001:db8::e");
        assert_string_equal(found(state, OLD "listen = $nothing 2001:db8::2\n"), "");
        fixture_write(*state, "/etc/dovecot/list", "2001:db8::1, 2001:db8::2");
        assert_string_equal(found(state, OLD "listen = < list\n"), "2001:db8::1 2001:db8::2");
}

static void test_lines(void **state) {
        assert_string_equal(found(state, OLD "listen = 2001:db8::1 \\\n 2001:db8::2\\\n"
                                             "2001:db8::3# 2001:db8::4\n"),
                            "2001:db8::1 2001:db8::2 2001:db8::3");
        assert_string_equal(found(state, OLD "listen = \"2001:db8::1, 2001:db8::2\" # x\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state,
                                  OLD "listen = 2001:db8::1\nx \\\n#y\nlisten = 2001:db8::2\n"
                                      "}\n}\n{\nx {{\n\"\n"),
                            "2001:db8::2");
}

static void test_filters(void **state) {
        assert_string_equal(found(state, NEW "listen = 2001:db8::1\nremote 2001:db8::9 {\n"
                                             "listen = 2001:db8::2\n}\n"),
                            "2001:db8::1");
}

static void test_language_of_dovecot_1(void **state) {
        static const struct {
                const char *lines, *expected;
        } CASES[] = {
                { "listen = localhost [2001:db8::1]:143\n", "2001:db8::1" },
                { "listen = ::3\nprotocol imap {\nlisten = ::2\n}\n", "::2" },
                { "ssl = yes\nprotocol imap {\nlisten = [::2]:1\nssl_listen = ::3\n}\n",
                  "::2 ::3" },
                { "ssl = yes\nssl_listen = ::2\nlisten = ::3\n", "::2 ::3" },
                { "protocol imap {\nlisten = ::2\n}\n" IMAP("port = 0\n"), "" },
                { "protocol pop3 {\nlisten = ::2\n}\n", "" },
                { "remote ::1 {\nlisten = ::2\n}\n", "" },
                { "protocol imap {\nremote ::1 {\nlisten = ::2\n}\n}\n", "" },
        };
        const struct fixture *fixture = *state;

        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, OLD "%s", CASES[i].lines) > 0);
                assert_string_equal(found(state, text), CASES[i].expected);
                assert_string_equal(fixture->unknown, "");
        }
        found(state, OLD "protocol sieve {\nlisten = ::2\n}\n");
        assert_string_equal(fixture->unknown, "dovecot.conf:4:::2");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/dovecot/a.conf", "!include a.conf\nlisten = 2001:db8::1\n");
        assert_string_equal(found(state, OLD "!include *.conf\n!include_try none\n"),
                            "2001:db8::1");
        fixture_write(*state, "/etc/dovecot/b.inc", "listen = 2001:db8::2\n");
        assert_string_equal(found(state, OLD "!include_try {c,b}.inc\n"), "2001:db8::2");
}

static void test_paths(void **state) {
        assert_string_equal(
                found(state,
                      NEW "service/imap-login/inet_listener/imap/listen = 2001:db8::1\n"
                          "service imap-login {\ninet_listener/imaps/listen/2001:db8::2 = yes\n"
                          "inet_listener/imaps/ssl = no\n}\n"),
                "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, NEW "listen = 2001:db8::1\nlisten/2001:db8::2 = yes\n"
                                             "listen/2001:db8::1 = no\nservice/x = 2001:db8::3\n"),
                            "2001:db8::2");
        assert_string_equal(found(state, NEW "protocols/imap = no\nlisten = 2001:db8::1\n"), "");
        assert_string_equal(found(state, OLD "service/x/listen = 2001:db8::1\n"), "");
}

static void test_groups(void **state) {
        static const struct {
                const char *group, *rest, *expected;
        } CASES[] = {
                { "listen = ::2\n", "@net = x\n", "::2" },
                { "listen = ::2\n", "", "" },
                { "listen = ::2\n", "@net = y\n", "" },
                { "listen = ::2\n", "@net = \"x\"\n", "::2" },
                { "listen = ::2\n", "@net = x\nlisten = ::3\n", "::3" },
                { "listen = ::2\n", "group @net y {\nlisten = ::3\n}\n@net = x\n@net = y\n",
                  "::3" },
                { "listen {\n::2 = yes\n}\n", "@net = x\n", "::2" },
                { "service imap-login {\nlisten = ::2\n}\n", "@net = x\nlisten = ::3\n", "::3" },
                { "inet_listener imap {\nlisten = ::2\n}\n",
                  "listen = ::3\nservice imap-login {\n"
                  "@net = x\ninet_listener imaps {\nport = 0\n}\n}\n",
                  "::2" },
                { "inet_listener a {\nlisten = ::2\nport = 1\n}\n",
                  "listen = ::3\n"
                  "service imap-login {\n@net = x\n}\n",
                  "::2 ::3" },
                { "inet_listener a {\nlisten = ::2\nport = 1\n}\n",
                  "listen = ::3\n"
                  "service imap-login {\n@net = x\ninet_listener a {\nport = 0\n}\n}\n",
                  "::3" },
                { "inet_listener_port = 0\n", "listen = ::3\n" IMAP("@net = x\nlisten = ::2\n"),
                  "" },
                { "executable = x\ninet_listener a {\nlisten = ::2\nport = 1\n}\n",
                  "service mine {\n@net = x\n}\n", "::2" },
                { "protocols {\nimap = no\n}\n", "listen = ::3\n@net = x\n", "::3" },
                { "}\n", "listen = ::3\n", "::3" },
        };
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, NEW "listen = 2001:db8::1\ngroup @net x {\n"
                                             "mail_driver = maildir\nnamespace inbox {\n"
                                             "mailbox x {\nauto = no\n}\n}\n}\n"),
                            "2001:db8::1");
        assert_string_equal(fixture->unknown, "");
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, NEW "group @net x {\n%s}\n%s", CASES[i].group,
                                     CASES[i].rest) > 0);
                assert_string_equal(found(state, text), CASES[i].expected);
                assert_string_equal(fixture->unknown, "");
        }
}

/* More than any configuration has: no group is applied for ever. */
static void test_many_groups(void **state) {
        char text[65536] = NEW "group @net x {\n";

        for (unsigned i = 0; i < 2000; i++)
                strcat(text, "listen = ::2\n");
        strcat(text, "}\n");
        for (unsigned i = 0; i < 300; i++)
                sprintf(text + strlen(text), "service s%u {\n@net = x\n}\ngroup @g%u x {\n}\n", i,
                        i);
        log_fixture_begin();
        assert_string_equal(found(state, strcat(text, "@net = x\n")), "");
        log_fixture_end(CONFIG ":1005: Groups have more than 1000 lines, ignoring the rest.\n");
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
                TEST(test_listen),    TEST(test_listeners),   TEST(test_services),
                TEST(test_protocols), TEST(test_lists),       TEST(test_variables),
                TEST(test_lines),     TEST(test_filters),     TEST(test_language_of_dovecot_1),
                TEST(test_includes),  TEST(test_submissions), TEST(test_paths),
                TEST(test_groups),    TEST(test_many_groups),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
