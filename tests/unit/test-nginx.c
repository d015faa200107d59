/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format-fixture.h"

#define CONFIG "/etc/nginx/nginx.conf"

/* The patterns for an nginx.conf. */
static const char *found(void **state, const char *config) {
        struct fixture *fixture = *state;
        const struct source source = { .config = fixture_list(&fixture->config, CONFIG, NULL) };

        fixture_write(fixture, CONFIG, config);
        return fixture_read(fixture, nginx_read, &source);
}

/* The same for what is in a server. */
static const char *found_in_server(void **state, const char *statements) {
        char text[1024];

        assert_true(snprintf(text, sizeof(text), "http {\nserver {\n%s\n}\n}\n", statements) <
                    (int)sizeof(text));
        return found(state, text);
}

/* How many addresses are logged as unknown. */
static size_t unknown_count(void **state, const char *statements) {
        struct fixture *fixture = *state;
        const struct source source = { .config = &fixture->config };
        CLEANUP(address_list_clear) struct address_list list = { 0 };

        (void)found_in_server(state, statements);
        assert_int_equal(nginx_read(&fixture->files.tree, &source, &list), 0);
        return list.unknown_count;
}

static void test_addresses(void **state) {
        assert_string_equal(found_in_server(state, "listen [2001:DB8::0:1]:80;"), "2001:db8::1");
        assert_string_equal(found_in_server(state, "listen [2001:db8::1];"), "2001:db8::1");
        assert_string_equal(found_in_server(state, "listen 80; listen 8000-8001; listen *:1;"), "");
        assert_string_equal(found_in_server(state, "listen unix:/x[2001:db8::1];"), "");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:80; listen localhost:80;"),
                            "");
        assert_int_equal(unknown_count(state, "listen [2001:db8::1]:80; listen 80; listen unix:a;"
                                              "listen localhost; listen 192.0.2.1:1; listen *:2;"),
                         0);
}

static void test_ipv4(void **state) {
        fixture_choose_ipv4(*state);
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:80; listen 192.0.2.2;"),
                            "192.0.2.1 192.0.2.2");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:80; listen 80;"), "");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:80; listen *;"), "");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1; listen 0.0.0.0:80;"), "");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:8000-8001; listen 8001;"),
                            "192.0.2.1");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1; listen *:80 udp;"),
                            "192.0.2.1");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:80 bind; listen 80;"),
                            "192.0.2.1");
        /* A wildcard of one family does not cover the other. */
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:80; listen [::]:80;"),
                            "192.0.2.1");
        /* A server without `listen` has *:80. */
        assert_string_equal(found_in_server(state, "listen 192.0.2.1; } server {"), "");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:81; } server {"), "192.0.2.1");
        /* A number is a port, though getaddrinfo(3) would read it as an address. */
        assert_string_equal(found_in_server(state, "listen 88000;"), "");
        assert_string_equal(found_in_server(state, "listen 192.0.2.1:88000;"), "");
        assert_string_equal(found_in_server(state, "listen 192.0.2.999:80; listen 1.2.3-4:80;"),
                            "");
}

static void test_unknown_addresses(void **state) {
        assert_int_equal(unknown_count(state, "listen www.example.org:80;"), 1);
        assert_int_equal(unknown_count(state, "listen $host:80;"), 1);
        assert_int_equal(unknown_count(state, "listen [fe80::1%eth0]:80;"), 1);
        assert_int_equal(unknown_count(state, "listen [2001:db8::1]:0;"), 1);
        assert_int_equal(unknown_count(state, "listen [2001:db8::1]:9-8;"), 1);
        assert_int_equal(unknown_count(state, "listen [2001:db8::1]x;"), 1);
        assert_int_equal(unknown_count(state, "listen [];"), 1);
        assert_int_equal(unknown_count(state, "listen \"\";"), 0);
}

static void test_wildcards(void **state) {
        assert_string_equal(found_in_server(state, "listen [2001:db8::1]:1; listen [::]:1;"), "");
        assert_string_equal(found_in_server(state, "listen [2001:db8::1]:1; listen [::]:2;"),
                            "2001:db8::1");
        assert_string_equal(found_in_server(state, "listen [2001:db8::1]:1-3; listen [::]:1-2;"),
                            "2001:db8::1");
        assert_string_equal(
                found_in_server(state, "listen [2001:db8::1]:65535; listen [::]:65535;"), "");
        assert_string_equal(found_in_server(state, "listen [2001:db8::1]:1 bind; listen [::]:1;"
                                                   "listen [2001:db8::2]:1 backlog=5;"
                                                   "listen [2001:db8::3]:1 backlog;"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found_in_server(state, "listen [2001:db8::1]:1; listen [::]:1 quic;"),
                            "2001:db8::1");
}

static void test_blocks(void **state) {
        assert_string_equal(
                found(state, "listen [2001:db8::1]:1;\nhttp { listen [2001:db8::1]:1; }"), "");
        assert_string_equal(found(state, "mail { server { listen [2001:db8::1]:1; } }\n"
                                         "stream { server { listen [::]:1; } }\n"
                                         "rtmp { server { listen [2001:db8::2]:1; } }\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, "events { server { listen [2001:db8::1]:1; } }"), "");
        assert_string_equal(found(state, "http { map $a $b { server { listen [2001:db8::1]:1; } }"
                                         "server { location / { listen [2001:db8::2]:1; }"
                                         "listen [2001:db8::3]:1; } }"),
                            "2001:db8::3");
}

static void test_words(void **state) {
        assert_string_equal(found_in_server(state, "listen\n#x;\n'[2001:db8::1]:1'\n;"),
                            "2001:db8::1");
        assert_string_equal(found_in_server(state, "a '\\'; listen [2001:db8::1]:1;';"), "");
        assert_string_equal(found_in_server(state, "a ${b}; listen [2001:db8::1]:1;"),
                            "2001:db8::1");
        assert_string_equal(found_in_server(state, "if (\"a\") { } listen [2001:db8::1]:1;"),
                            "2001:db8::1");
        assert_string_equal(found_in_server(state, "a b\\;c; listen [2001:db8::1]:1;"),
                            "2001:db8::1");
}

/* nginx does not start then. */
static void test_broken_statements(void **state) {
        assert_string_equal(found_in_server(state, "listen [2001:db8::1]:1; a 'b'c; listen [::2];"),
                            "2001:db8::1");
        assert_string_equal(found_in_server(state, ";"), "");
        assert_string_equal(found(state, "}}}} http { server { listen [2001:db8::1]:1; } }"),
                            "2001:db8::1");
        assert_string_equal(found(state, "http { server { listen [2001:db8::1]:1"), "");
        assert_string_equal(found(state, "http { server { listen '[2001:db8::1]:1"), "");
        assert_string_equal(found(state, "a_by_lua_block {"), "");
}

static void test_lua(void **state) {
        assert_string_equal(found_in_server(state,
                                            "a_by_lua_block { x = '}' -- }\n y = [=[ } ]] ]=]"
                                            "--[[ } ]] t = {} } listen [2001:db8::1]:1;"),
                            "2001:db8::1");
        assert_string_equal(found_in_server(state, "a_by_lua_block { listen [2001:db8::2]; [[ }"),
                            "");
}

static void test_includes(void **state) {
        fixture_write(*state, "/etc/nginx/a/1.conf", "listen [2001:db8::1]:1;\ninclude a/2;");
        fixture_write(*state, "/etc/nginx/a/2", "listen [2001:db8::2]:1;");
        fixture_write(*state, "/etc/nginx/a/3.conf", "listen [2001:db8::3]:1; }");
        assert_string_equal(found_in_server(state, "include a/*.conf;\nlisten [2001:db8::4]:1;"),
                            "2001:db8::1 2001:db8::2 2001:db8::3 2001:db8::4");
        fixture_write(*state, "/etc/nginx/a/2", "include a/2;");
        assert_string_equal(found_in_server(state, "include a/2;\nlisten [2001:db8::4]:1;"),
                            "2001:db8::4");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_ipv4),
                TEST(test_addresses),
                TEST(test_unknown_addresses),
                TEST(test_wildcards),
                TEST(test_blocks),
                TEST(test_words),
                TEST(test_broken_statements),
                TEST(test_lua),
                TEST(test_includes),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
