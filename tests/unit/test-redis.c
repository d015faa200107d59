/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/redis/redis-words.h"

#include "format-fixture.h"

#define CONFIG "/etc/redis/redis.conf"

static const char *found(void **state, const char *config) {
        return fixture_find(*state, redis_read, CONFIG, config);
}

/* The words of a line, each with a '|' behind. */
static const char *split(const char *line) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        static char text[256];

        text[0] = '\0';
        if (redis_words_split(line, &words) < 0)
                return NULL;
        for (size_t i = 0; i < words.count; i++)
                strcat(strcat(text, words.items[i]), "|");
        return text;
}

static void test_words(void **state) {
        (void)state;
        assert_string_equal(split(" bind  a\tb "), "bind|a|b|");
        assert_string_equal(split("\"\\x3a\\x3A\\\"\\\\\\xg\" '\\'\\x' ''"), "::\"\\xg|'\\x||");
        assert_string_equal(split("a\"b c\" d\\x3a \\"), "ab c|d\\x3a|\\|");
        assert_string_equal(split("\"\\n\\t\\r\\b\\a\\z\""), "\n\t\r\b\az|");
        assert_string_equal(split("\"a\\x00b\""), "a|");
        assert_string_equal(split(""), "");
        assert_null(split("\"a"));
        assert_null(split("'a\\'"));
        assert_null(split("\"a\\"));
        assert_null(split("\"a\"b"));
        assert_null(split("'a''b'"));
}

static void test_bind(void **state) {
        assert_string_equal(found(state, "bind ::2\nBIND \"::3\" '::4' 127.0.0.1\n"), "::3 ::4");
        assert_string_equal(found(state, "bind \"2001\\x3adb8::1\"\n"), "2001:db8::1");
        assert_string_equal(found(state, "bind '::2 ::3'\nbind-source-addr ::4\n"), "::2 ::3");
        assert_string_equal(found(state, " \tbind ::2\r\n # bind ::3\n#bind ::4\n"), "::2");
        assert_string_equal(found(state, "bind ::2 # ::3\n"), "::2 ::3");
        assert_string_equal(found(state, "bind -::2 * -::* host localhost ::1 ::\n"), "::2/128");
        assert_string_equal(
                found(state, "bind -fe80::2%eth0 -::1 -127.0.0.1 -:: -ff02::1 -host -\n"),
                "fe80::2/128%eth0");
        assert_string_equal(found(state, "bind -192.0.2.1 -::ffff:192.0.2.2\n"), "");
        assert_string_equal(found(state, "bind ::2\nbind \"\"\n"), "");
        assert_string_equal(found(state, "bind ::2\nbind\n"), "");
        assert_string_equal(found(state, "bind ::2\nbind \"::3\n"), "::2");
        assert_string_equal(found(state, ""), "");
}

static void test_ports(void **state) {
        assert_string_equal(found(state, "port 0\nbind ::2\n"), "");
        assert_string_equal(found(state, "port 0\ntls-port 6380\nbind ::2\n"), "::2");
        assert_string_equal(found(state, "tls-port 6380\ntls-port 0\nport 0\nbind ::2\n"), "");
        assert_string_equal(found(state, "port 0\nport 6379\nbind ::2\n"), "::2");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/redis/a.conf", "bind ::2\n");
        fixture_write(*state, "/etc/redis/b.conf", "bind ::3\n");
        fixture_write(*state, "/c.conf", "bind ::4\n");
        assert_string_equal(found(state, "bind ::5\ninclude /etc/redis/?.conf\n"), "::3");
        assert_string_equal(found(state, "include c.conf\n"), "::4");
        assert_string_equal(found(state, "dir /etc\ndir redis\ninclude a.conf\n"), "::2");
        assert_string_equal(found(state, "include a.conf c.conf\nbind ::5\n"), "::5");
        assert_string_equal(found(state, "include /etc/redis/redis.conf\nbind ::5\n"), "::5");
}

static const char *with_options(void **state, const char *first, const char *second,
                                const char *third, const char *fourth) {
        struct fixture *fixture = *state;
        const struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .arguments = fixture_list(&fixture->arguments, first, second, third, fourth, NULL),
                .arguments_file = "/a.service",
        };

        fixture_write(fixture, CONFIG, "bind ::9\n");
        return fixture_read(fixture, redis_read, &source);
}

static void test_options(void **state) {
        assert_string_equal(with_options(state, CONFIG, "--bind", "::2", "::3"), "::2 ::3");
        assert_string_equal(with_options(state, CONFIG, "--bind ::2", "--port", "0"), "");
        assert_string_equal(with_options(state, CONFIG, "--bind", "::2 ::3", NULL), "::2 ::3");
        assert_string_equal(with_options(state, CONFIG, "--sentinel", "--bind", "::2"), "::2");
        assert_string_equal(with_options(state, CONFIG, "--port", "--bind", "::2"), "::9");
        assert_string_equal(with_options(state, CONFIG, "--daemonize", "no", NULL), "::9");
        assert_string_equal(with_options(state, CONFIG, "--include", CONFIG, NULL), "::9");
        assert_string_equal(with_options(state, "--port", "1", NULL, NULL), "");
        assert_string_equal(with_options(state, "--", "--bind", "::2", NULL), "");
}

static void test_unknown(void **state) {
        const struct fixture *fixture = *state;

        found(state, "bind host.example ::2x\n");
        assert_string_equal(fixture->unknown, "redis.conf:1:::2x");
        found(state, "bind ::2x\nbind ::2\n");
        assert_string_equal(fixture->unknown, "");
}

static void test_private_files(void **state) {
        assert_string_equal(
                fixture_shown(*state, redis_read, CONFIG, "requirepass x\nBind ::2 secret\n"),
                "bind|");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_words),         TEST(test_bind),    TEST(test_ports),
                TEST(test_includes),      TEST(test_options), TEST(test_unknown),
                TEST(test_private_files),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
