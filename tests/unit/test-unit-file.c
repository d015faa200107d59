/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "input/unit-file.h"
#include "unit.h"

#include <string.h>

static char seen[1024];
static unsigned last_line;

static int note(const char *section, const char *key, const char *value, unsigned line,
                void *data) {
        (void)data;
        (void)snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "[%s] %s=%s|", section,
                       key, value);
        last_line = line;
        return 0;
}

static const char *parse_bytes(const char *text, size_t size) {
        CLEANUP(freep) char *copy = calloc(size + 1, 1);

        memcpy(copy, text, size);
        seen[0] = '\0';
        unit_file_parse(copy, size, note, NULL);
        return seen;
}

static const char *parse(const char *text) {
        return parse_bytes(text, strlen(text));
}

static void test_parse(void **state) {
        (void)state;
        assert_string_equal(parse(""), "");
        assert_string_equal(parse("[Unit]\nA=1\n#B=2\n ;B=2\n[Service]\r\n B = 3 \r\nnothing\nC="),
                            "[Unit] A=1|[Service] B=3|[Service] C=|");
        assert_string_equal(parse("A=1"), "[] A=1|");
        assert_string_equal(parse("A = B=1"), "[] A=B=1|");
        /* systemd gives up a file at a malformed header. */
        assert_string_equal(parse("[Unit]\nA=1\n[Service\nB=1\n"), "[Unit] A=1|");
        assert_string_equal(parse("[Unit]\nA=1\n[Service] x\nB=1\n"), "[Unit] A=1|");
}

static void test_continuation(void **state) {
        (void)state;
        assert_string_equal(parse("A=1 \\\n  2 \\\n3\nB=4\n"), "[] A=1    2  3|[] B=4|");
        assert_string_equal(parse("A=1\\\n# comment \\\n;another\n2\nB=3\n"), "[] A=1 2|[] B=3|");
        assert_string_equal(parse("# comment \\\nA=1\n"), "[] A=1|");
        assert_string_equal(parse("A=1\\"), "[] A=1|");
        assert_string_equal(parse("A=1\\\\\nB=2\n"), "[] A=1\\\\|[] B=2|");
        assert_string_equal(parse("A=1\\\\\\\nB=2\n"), "[] A=1\\\\ B=2|");
        assert_string_equal(parse("A=1\\\n"), "[] A=1|");
        assert_string_equal(parse("A=1\\\n\nB=2"), "[] A=1|[] B=2|");
}

static void test_ends_of_lines(void **state) {
        static const char NUL[] = "[Service]\nA=1\0B=2\n#c\0C=3";

        (void)state;
        assert_string_equal(parse("[Service]\rA=1\r#c\rB=2\r"), "[Service] A=1|[Service] B=2|");
        assert_string_equal(parse_bytes(NUL, sizeof(NUL) - 1),
                            "[Service] A=1|[Service] B=2|[Service] C=3|");
        /* Two different ones are the end of one line, so a continuation goes on. */
        assert_string_equal(parse("A=1\\\r\n2\nB=3"), "[] A=1 2|[] B=3|");
        assert_string_equal(parse("A=1\\\n\r2\nB=3"), "[] A=1 2|[] B=3|");
        assert_string_equal(parse("A=1\\\r\r2\nB=3"), "[] A=1|[] B=3|");
}

static void test_byte_order_mark(void **state) {
        (void)state;
        assert_string_equal(parse("\xef\xbb\xbf[Service]\nA=1\n"), "[Service] A=1|");
        assert_string_equal(parse("\n\xef\xbb\xbf[Service]\nA=1\n"), "[Service] A=1|");
        assert_string_equal(parse("\xef\xbb\xbf"
                                  "A=1\n\xef\xbb\xbf"
                                  "B=2\n"),
                            "[] A=1|[] \xef\xbb\xbf"
                            "B=2|");
}

/* The line that a setting begins in. */
static void test_line_numbers(void **state) {
        (void)state;
        (void)parse("[A]\n# x\n\nB=1 \\\n# y\n 2\n");
        assert_int_equal(last_line, 4);
        (void)parse("A=1\r\nB=2\n\rC=3");
        assert_int_equal(last_line, 3);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_line_numbers),    cmocka_unit_test(test_parse),
                cmocka_unit_test(test_continuation),    cmocka_unit_test(test_ends_of_lines),
                cmocka_unit_test(test_byte_order_mark),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
