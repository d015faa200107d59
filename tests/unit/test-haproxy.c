/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"
#include "formats/haproxy/line-words.h"
#include "formats/haproxy/predicates.h"

#define CONFIG "/etc/haproxy/haproxy.cfg"

/* Of the unit; cleared by each read(). */
static struct string_list environment, arguments;

static size_t unknown;

/* The patterns for a configuration; @unknown becomes the number of addresses that are not known. */
static const char *found(void **state, const char *config) {
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .environment = &environment,
                .arguments = &arguments,
                .arguments_file = "/usr/lib/systemd/system/haproxy.service",
        };
        CLEANUP(address_list_clear) struct address_list list = { 0 };
        const char *text;

        fixture_write(fixture, CONFIG, config);
        text = fixture_read(fixture, haproxy_read, &source);
        assert_int_equal(haproxy_read(&fixture->files.tree, &source, &list), 0);
        unknown = list.unknown_count;
        string_list_clear(&environment);
        string_list_clear(&arguments);
        return text;
}

/* The same for lines of a frontend. */
static const char *found_in_frontend(void **state, const char *lines) {
        char text[1024];

        assert_true(snprintf(text, sizeof(text), "frontend f\n%s\n", lines) < (int)sizeof(text));
        return found(state, text);
}

static const char *split(const char *line) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        CLEANUP(haproxy_variables_clear) struct variables variables = { 0 };
        const struct words_place place = { .file = "/f", .line = 7, .section = "s" };
        static char text[256];
        int r;

        assert_int_equal(haproxy_variables_set(&variables, "A", "a  b"), 0);
        assert_int_equal(haproxy_variables_set(&variables, "E", ""), 0);
        r = words_split(line, &variables, &place, &words);
        text[0] = '\0';
        for (size_t i = 0; i < words.count; i++) {
                strcat(text, i > 0 ? "|" : "");
                strcat(text, words.items[i]);
        }
        assert_true(r == 0 || r == -EINVAL);
        return r < 0 ? "refused" : text;
}

static void test_words(void **state) {
        (void)state;
        assert_string_equal(split(" a\tb  c #d"), "a|b|c");
        assert_string_equal(split("a#b"), "a");
        assert_string_equal(split("a\\#b \\a \\\\ \\  \\t\\x41\\x5a"), "a#b|\\a|\\| |\tAZ");
        assert_string_equal(split("'a \\n\"' \"b ' \\\" #\""), "a \\n\"|b ' \" #");
        assert_string_equal(split("\"$A\" '$A' $A \"\\$A\""), "a  b|$A|$A|$A");
        assert_string_equal(split("x\"${A[*]}\"y"), "xa|by");
        assert_string_equal(split("\"${A-d}\" \"${N-d e}\" \"${E-d}\"x"), "a  b|d e|x");
        assert_string_equal(split("x \"$N\" y \"${N}z\""), "x|y|z");
        assert_string_equal(split("\"${.LINE} $.FILE $.SECTION\""), "7 /f s");
        assert_string_equal(split("a\rb"), "a");
}

static void test_refused_words(void **state) {
        static const char *const LINES[] = {
                "\"a", "'a", "\\x4", "\\xgg", "\\x00", "\"$1\"", "\"${A\"", "\"${A[x]}\"", "\"$\"",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(LINES) / sizeof(LINES[0]); i++)
                assert_string_equal(split(LINES[i]), "refused");
}

static void test_expanded_addresses(void **state) {
        CLEANUP(haproxy_variables_clear) struct variables variables = { 0 };
        CLEANUP(freep) char *text = NULL;

        (void)state;
        assert_int_equal(haproxy_variables_set(&variables, "A", "a"), 0);
        text = words_expand_address("${A}:$A:${N}:${A-b}:$", &variables);
        assert_string_equal(text, "a:a::a-b}:");
}

static void check_expression(const char *text, int expected) {
        CLEANUP(haproxy_variables_clear) struct variables variables = { 0 };
        enum truth truth;
        int r;

        assert_int_equal(haproxy_variables_set(&variables, "A", "a"), 0);
        assert_int_equal(haproxy_variables_set(&variables, "U", VARIABLE_UNKNOWN), 0);
        r = expression_evaluate(text, &variables, &truth);
        assert_int_equal(r < 0 ? r : (int)truth, expected);
}

static void test_expressions(void **state) {
        (void)state;
        check_expression("", TRUTH_NO);
        check_expression("0x10", TRUTH_YES);
        check_expression("!(0 || !1) && defined(A)", TRUTH_YES);
        check_expression("defined(U)", TRUTH_MAYBE);
        check_expression("defined(U) && 0", TRUTH_NO);
        check_expression("!defined(U) || 1", TRUTH_YES);
        check_expression("streq(a,'a')", TRUTH_YES);
        check_expression("streq(" VARIABLE_UNKNOWN ",a)", TRUTH_MAYBE);
        check_expression("strneq(\\ ,' ')", TRUTH_NO);
        check_expression("strstr(abc,b)", TRUTH_YES);
        check_expression("version_atleast(2.6)", TRUTH_YES);
        check_expression("version_before(3.0-dev1)", TRUTH_MAYBE);
        check_expression("version_before(4.0)", TRUTH_YES);
        check_expression("feature(EPOLL) && !feature(KQUEUE)", TRUTH_YES);
        check_expression("feature(QUIC)", TRUTH_MAYBE);
        check_expression("openssl_version_atleast(1.1.1) && enabled(POLL)", TRUTH_MAYBE);
}

static void test_refused_expressions(void **state) {
        static const char *const TEXTS[] = {
                "a", "1 &&", "(1", "1)", "1 2", "streq(a)", "streq(a,b,c)", "defined", "defined(A",
        };
        char nested[2000];

        (void)state;
        for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++)
                check_expression(TEXTS[i], -EINVAL);
        memset(nested, '(', sizeof(nested));
        nested[sizeof(nested) - 1] = '\0';
        check_expression(nested, -EINVAL);
}

static void test_addresses(void **state) {
        assert_string_equal(found_in_frontend(state, "bind [2001:db8::1]:80,2001:db8::2:80"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found_in_frontend(state, "bind quic+ipv6@2001:db8::1:80,fd@3,/x[::2]:1,"
                                                     "localhost:1,:80,*:80,192.0.2.1:1"),
                            "2001:db8::1");
        assert_int_equal(unknown, 0);
        assert_string_equal(found_in_frontend(state, "bind [2001:db8::1]:80 transparent"), "");
        assert_string_equal(found_in_frontend(state, "bind [2001:db8::1]:80 namespace x"), "");
        assert_string_equal(found_in_frontend(state, "bind [2001:db8::1]:80 name transparent"),
                            "2001:db8::1");
        assert_string_equal(found_in_frontend(state, "bind [fe80::1]:80 interface eth0"),
                            "fe80::1%eth0");
        assert_string_equal(found_in_frontend(state, "bind [2001:db8::1]:80 interface eth0"),
                            "2001:db8::1");
        assert_int_equal(unknown, 0);
}

static void test_ipv4(void **state) {
        fixture_choose_ipv4(*state);
        assert_string_equal(found_in_frontend(state, "bind 192.0.2.1:80,ipv4@192.0.2.2:80,"
                                                     "[2001:db8::1]:80,:80,127.0.0.1:1"),
                            "192.0.2.1 192.0.2.2");
        assert_string_equal(found_in_frontend(state, "bind 192.0.2.1:80 transparent"), "");
        assert_string_equal(found_in_frontend(state, "bind 192.0.2.1:80 interface eth0"),
                            "192.0.2.1");
        assert_int_equal(unknown, 0);
        assert_string_equal(found_in_frontend(state, "bind ipv6@192.0.2.1:80"), "");
        assert_int_equal(unknown, 1);
        assert_string_equal(found_in_frontend(state, "bind ipv4@2001:db8::1:80"), "");
        assert_int_equal(unknown, 1);
}

static void test_unknown_addresses(void **state) {
        static const char *const LINES[] = {
                "bind www.example.org:80",    "bind [fe80::1%eth0]:80",
                "bind ipv4@[2001:db8::1]:80", "bind ${NOPE}",
                "bind [2001:db8::1]x:80",
        };

        for (size_t i = 0; i < sizeof(LINES) / sizeof(LINES[0]); i++) {
                assert_string_equal(found_in_frontend(state, LINES[i]), "");
                assert_int_equal(unknown, 1);
        }
}

/* What depends on the version is logged, whatever holds. */
static void test_unknown_conditions(void **state) {
        assert_string_equal(found_in_frontend(state,
                                              ".if version_atleast(2.9)\nbind [2001:db8::1]:1\n"
                                              ".else\nbind [2001:db8::2]:1\n.endif\n"
                                              "bind [2001:db8::3]:1"),
                            "2001:db8::3");
        assert_int_equal(unknown, 2);
        assert_string_equal(found(state, "global\n.if feature(QUIC)\nsetenv A ::1\n.endif\n"
                                         "frontend f\nbind \"[$A]:80\"\nbind [2001:db8::1]:80"),
                            "2001:db8::1");
        assert_int_equal(unknown, 1);
        assert_string_equal(found_in_frontend(state, "bind [2001:db8::1]:1\n.if feature(QUIC)\n"
                                                     "disabled\n.endif"),
                            "");
        assert_int_equal(unknown, 1);
}

/* haproxy does not start then. */
static void test_refused_lines(void **state) {
        assert_string_equal(
                found_in_frontend(state, "bind \"[2001:db8::1]:1\nbind [2001:db8::2]:1"),
                "2001:db8::2");
        assert_string_equal(found_in_frontend(state, "bind [2001:db8::1]:1\n.if x\n"
                                                     "bind [2001:db8::2]:1"),
                            "2001:db8::1");
        assert_string_equal(found_in_frontend(state, "bind [2001:db8::1]:1\n.endif\n"
                                                     "bind [2001:db8::2]:1"),
                            "2001:db8::1");
}

static void test_host_name(void **state) {
        static const char PEERS[] = "peers p\npeer a [2001:db8::1]:1\npeer b [2001:db8::2]:1\n";

        assert_string_equal(found(state, PEERS), "");
        assert_int_equal(unknown, 2);
        fixture_write(*state, "/etc/hostname", "# set by x\n\n a \n");
        assert_string_equal(found(state, PEERS), "2001:db8::1");
        assert_int_equal(unknown, 0);
        (void)fixture_list(&arguments, "-f", "x", "-L", "b", NULL);
        assert_string_equal(found(state, PEERS), "2001:db8::2");
}

static void test_command_line(void **state) {
        (void)fixture_list(&arguments, "-S", "ipv6@[2001:db8::1]:1,level,admin", NULL);
        assert_string_equal(found(state, ""), "");
        (void)fixture_list(&arguments, "-Ws", "-S", "ipv6@[2001:db8::1]:1,level,admin", NULL);
        assert_string_equal(found(state, ""), "2001:db8::1");
        (void)fixture_list(&arguments, "-S", "[2001:db8::1]:1", NULL);
        assert_string_equal(found(state, "global\nmaster-worker\n"), "2001:db8::1");
        fixture_write(*state, "/etc/x.cfg", "frontend f\nbind [2001:db8::1]:1\n");
        (void)fixture_list(&arguments, "-p", "--", "--", "/etc/x.cfg", NULL);
        assert_string_equal(found(state, ""), "2001:db8::1");
}

static void test_environment(void **state) {
        (void)fixture_list(&environment, "A=x", "B", "A=2001:db8::1", NULL);
        assert_string_equal(found_in_frontend(state, "bind \"[$A]:1\""), "2001:db8::1");
}

/* Each variable is twice as long as the one before. */
static void test_growing_variables(void **state) {
        char text[1000] = "global\nsetenv A aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";

        for (unsigned i = 0; i < 30; i++)
                strcat(text, "setenv A \"$A$A\"\n");
        strcat(text, "frontend f\nbind [2001:db8::1]:1\n");
        assert_string_equal(found(state, text), "");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_ipv4),
                TEST(test_words),
                TEST(test_refused_words),
                TEST(test_expanded_addresses),
                TEST(test_expressions),
                TEST(test_refused_expressions),
                TEST(test_addresses),
                TEST(test_unknown_addresses),
                TEST(test_unknown_conditions),
                TEST(test_refused_lines),
                TEST(test_host_name),
                TEST(test_command_line),
                TEST(test_environment),
                TEST(test_growing_variables),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
