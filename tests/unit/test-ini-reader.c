/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/ini-reader.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static char seen[4096];

static void note(const char *section, const char *key, const char *value, const char *file,
                 unsigned line, void *data) {
        (void)file;
        (void)data;
        (void)snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "%u [%s] %s=%s|", line,
                       section, key, value);
}

static const char *read_bytes(const char *text, size_t size) {
        seen[0] = '\0';
        assert_int_equal(ini_read(text, size, "file", note, NULL), 0);
        return seen;
}

static const char *read_text(const char *text) {
        return read_bytes(text, strlen(text));
}

static void test_plain(void **state) {
        (void)state;
        assert_string_equal(read_text("[a]\nx=1\n\n; c\n# c\ny = 2 ; c\r\nz=\n"),
                            "2 [a] x=1|6 [a] y=2|7 [a] z=|");
        assert_string_equal(read_text("[a]\nx=no newline"), "2 [a] x=no newline|");
        assert_string_equal(read_text("\xef\xbb\xbf[a]\nx=1\n"), "2 [a] x=1|");
        assert_string_equal(read_text("x=1\n"), "1 [] x=1|");
        assert_string_equal(read_text(""), "");
}

static void test_value_with_colons(void **state) {
        (void)state;
        assert_string_equal(read_text("[a]\nAddress=2001:db8::1\n"), "2 [a] Address=2001:db8::1|");
}

static void test_indented_line_is_a_setting_of_its_own(void **state) {
        (void)state;
        assert_string_equal(read_text("[a]\nx=1\n  Enable=no\n\t[b]\n y=2\n"),
                            "2 [a] x=1|3 [a] Enable=no|5 [b] y=2|");
}

static void test_nothing_behind_a_refused_header_lands_anywhere(void **state) {
        (void)state;
        assert_string_equal(read_text("[a]\nx=1\n[unclosed\ny=2\n[b]\nz=3\n"),
                            "2 [a] x=1|6 [b] z=3|");
        assert_string_equal(read_text("[a]\n[x ;]\ny=2\n"), "");
        assert_string_equal(
                read_text("[a]\n[1234567890123456789012345678901234567890123456789]\ny=2\n"),
                "3 [1234567890123456789012345678901234567890123456789] y=2|");
        assert_string_equal(
                read_text("[a]\n[12345678901234567890123456789012345678901234567890]\ny=2\n"), "");
}

static void test_long_lines_are_refused_whole(void **state) {
        char text[1024] = "[a]\nx=";

        (void)state;
        memset(text + 6, 'v', 400);
        strcpy(text + 406, "\ny=2\n");
        assert_string_equal(read_text(text), "3 [a] y=2|");

        /* 198 bytes are the longest that every version of libinih takes. */
        memset(text + 6, 'v', 196);
        strcpy(text + 202, "\ny=2\n");
        read_text(text);
        assert_int_equal(strlen(seen), strlen("2 [a] x=|3 [a] y=2|") + 196);

        memset(text + 6, 'v', 197);
        strcpy(text + 203, "\ny=2\n");
        assert_string_equal(read_text(text), "3 [a] y=2|");

        strcpy(text, "[a]\n[b]    ;");
        memset(text + 12, 'c', 400);
        strcpy(text + 412, "\ny=2\n");
        assert_string_equal(read_text(text), "");
}

static void test_binary(void **state) {
        static const char TEXT[] = "[a]\nx=1\0two\n[\0b]\ny=2\n[c]\nz=\xff\n";

        (void)state;
        assert_string_equal(read_bytes(TEXT, sizeof(TEXT) - 1), "6 [c] z=\xff|");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_plain),
                cmocka_unit_test(test_value_with_colons),
                cmocka_unit_test(test_indented_line_is_a_setting_of_its_own),
                cmocka_unit_test(test_nothing_behind_a_refused_header_lands_anywhere),
                cmocka_unit_test(test_long_lines_are_refused_whole),
                cmocka_unit_test(test_binary),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
