/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/listener-lines.h"

#include "common/cleanup.h"
#include "input/private-files.h"
#include "unit.h"

#include <stdio.h>

/* The lines where addresses are found, and these: "LINE:ADDRESS". */
static const char *found_of(unsigned families, const char *content) {
        CLEANUP(string_list_clear) struct string_list needless = { 0 };
        CLEANUP(address_list_clear) struct address_list list = { .left_out = ~families };
        char buffer[PATTERN_STRING_SIZE];
        static char text[1024];
        size_t length = 0;

        assert_int_equal(string_list_add_words(&needless, "early-listen early-listen-v6"), 0);
        assert_int_equal(listener_lines_find("/f", content, &needless, &list), 0);
        text[0] = '\0';
        for (size_t i = 0; i < list.count; i++)
                length += (size_t)snprintf(text + length, sizeof(text) - length, "%s%u:%s",
                                           i > 0 ? " " : "", list.items[i].line,
                                           pattern_format(&list.items[i].pattern, buffer));
        return text;
}

static const char *found(const char *content) {
        return found_of(ADDRESS_FAMILIES, content);
}

static void test_listeners(void **state) {
        (void)state;
        assert_string_equal(found("listen [2001:db8::1]:80\n"), "1:2001:db8::1");
        assert_string_equal(found("x\n\tHttp_Bind=2001:db8::1,2001:db8::2 # 2001:db8::3"),
                            "2:2001:db8::1 2:2001:db8::2");
        assert_string_equal(found("http_bind=192.0.2.1\n"), "1:192.0.2.1");
        assert_string_equal(found("option listen '2001:db8::1'\n"), "1:2001:db8::1");
        assert_string_equal(found("listen-client-urls: http://[2001:db8::1]:1\n"), "1:2001:db8::1");
        assert_string_equal(found("\"listen\": [\"[2001:db8::1]:80\"]\n"), "1:2001:db8::1");
        assert_string_equal(found("<bind address=\"2001:db8::1\"/>\n"), "1:2001:db8::1");
        assert_string_equal(found("listen ::1 :: 127.0.0.1 2001:db8::/64 192.0.2.0/24 *\n"), "");
        assert_string_equal(found("listen 192.0.2.1:80\nbind = tcp://192.0.2.2:1/\n"),
                            "1:192.0.2.1 2:192.0.2.2");
        assert_string_equal(found("listen:\n- 192.0.2.1\n- 2001:db8::1\n"),
                            "2:192.0.2.1 3:2001:db8::1");
        /* Where IPv4 is not asked for, such an address is text like any other: it ends the list. */
        assert_string_equal(found_of(ADDRESS_IPV6, "listen:\n- 192.0.2.1\n- 2001:db8::1\n"), "");
        assert_string_equal(found_of(ADDRESS_IPV6, "listen 192.0.2.1 2001:db8::1\n"),
                            "1:2001:db8::1");
        assert_string_equal(found("server 192.0.2.1\nallow 192.0.2.1\n"), "");
}

static void test_others(void **state) {
        static const char *const LINES[] = {
                "server 2001:db8::1",
                "upstream_address 2001:db8::1",
                "outgoing-interface: 2001:db8::1",
                "forward-addr: 2001:db8::1",
                "proxy_bind 2001:db8::1",
                "listen.allowed_clients = 2001:db8::1",
                "PermitListen [2001:db8::1]:80",
                "Match LocalAddress 2001:db8::1",
                "if ($server_addr = 2001:db8::1) {",
                "# listen 2001:db8::1",
                ";listen 2001:db8::1",
                "// listen 2001:db8::1",
                "-- listen 2001:db8::1",
                "x = listen 2001:db8::1",
                "2001:db8::1 listen",
                "[2001:db8::1]:80",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(LINES) / sizeof(LINES[0]); i++)
                assert_string_equal(found(LINES[i]), "");
}

static void test_lists(void **state) {
        (void)state;
        assert_string_equal(
                found("listen:\n  - 2001:db8::1\n  # x\n  - \"[2001:db8::2]:80\"\n- a\n- 2001:db8::3\n"),
                "2:2001:db8::1 4:2001:db8::2");
        assert_string_equal(found("\"listen\": [\n\"[2001:db8::1]:80\",\n\"2001:db8::2\"\n],\n"),
                            "2:2001:db8::1 3:2001:db8::2");
        assert_string_equal(found("listen-on {\n2001:db8::1;\n};\nallow {\n2001:db8::2;\n}"),
                            "2:2001:db8::1");
        assert_string_equal(found("- listen: 2001:db8::1\n"), "1:2001:db8::1");
        assert_string_equal(found("listen 80\n2001:db8::1\n"), "");
}

/* What a format looks for has been read, except for lists that it does not know. */
static void test_known_keywords(void **state) {
        (void)state;
        private_files_begin("a.service");
        assert_int_equal(private_files_allow("listen"), 0);
        assert_string_equal(found("Listen 2001:db8::1\nlisten-on 2001:db8::2\n"), "2:2001:db8::2");
        assert_string_equal(found("listen:\n- 2001:db8::1\n"), "2:2001:db8::1");
        private_files_end();
        assert_string_equal(found("Listen 2001:db8::1\n"), "1:2001:db8::1");
}

static void test_needless(void **state) {
        (void)state;
        assert_string_equal(found("Early-Listen { 2001:db8::1; };\nlisten-early 2001:db8::2\n"),
                            "2:2001:db8::2");
        assert_string_equal(found("early-listen-v6 {\n2001:db8::1;\n};\n"), "");
        assert_string_equal(found("early-listen-v4 {\n2001:db8::1;\n};\n"), "2:2001:db8::1");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_listeners), cmocka_unit_test(test_others),
                cmocka_unit_test(test_lists),     cmocka_unit_test(test_known_keywords),
                cmocka_unit_test(test_needless),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
