/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/apache/lines.h"
#include "formats/apache/words.h"
#include "unit.h"

#include <string.h>

/* All lines of a file, each with its number: "1:first 3:third". */
static char *read_all(const char *data, size_t size) {
        CLEANUP(lines_clear) struct lines lines = { .size = size };
        char *all = strdup("");

        lines.data = malloc(size + 1);
        assert_non_null(lines.data);
        memcpy(lines.data, data, size);
        while (lines_next(&lines) > 0) {
                CLEANUP(freep) char *before = all;

                assert_true(asprintf(&all, "%s%s%u:%s", before, *before ? " " : "", lines.number,
                                     lines.text) > 0);
        }
        return all;
}

static void test_lines(void **state) {
        static const struct {
                const char *data, *expected;
        } CASES[] = {
                { "", "" },
                { "a\nb\n", "1:a 2:b" },
                { "a\nb", "1:a 2:b" },
                { " \ta \r\n\n", "1:a 2:" },
                { "a\\\nb\nc\n", "1:ab 3:c" },
                { "a\\\r\nb\n", "1:ab" },
                { "a\\ \nb\n", "1:a\\ 2:b" },
                { "#a\\\nb\nc\n", "1:#ab 3:c" },
                { "a\\\n", "1:a" },
                { "a\\", "1:a\\" },
                { "a\\\\\nb\n", "1:a\\b" },
                { "a\\\\\n\nb\n", "1:ab" },
        };
        static const char NUL[] = "a\0b\\\nc\n";

        (void)state;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *all = read_all(CASES[i].data, strlen(CASES[i].data));

                assert_string_equal(all, CASES[i].expected);
        }
        CLEANUP(freep) char *all = read_all(NUL, sizeof(NUL) - 1);
        assert_string_equal(all, "1:a 2:c");
}

static void test_insertions(void **state) {
        CLEANUP(lines_clear) struct lines lines = { .size = 4 };

        (void)state;
        lines.data = strdup("a\nz\n");
        assert_int_equal(lines_next(&lines), 1);
        assert_int_equal(lines_insert(&lines, "outer", strdup("b\ne\n")), 0);
        assert_int_equal(lines_next(&lines), 1);
        assert_string_equal(lines.text, "b");
        assert_int_equal(lines_insert(&lines, "inner", strdup("c\\\nd\n")), 0);
        assert_true(lines_inside(&lines, "inner"));
        assert_true(lines_inside(&lines, "outer"));
        assert_int_equal(lines_next(&lines), 1);
        assert_string_equal(lines.text, "cd");
        assert_int_equal(lines.number, 1); /* where it was used */
        assert_int_equal(lines_next(&lines), 1);
        assert_string_equal(lines.text, "e");
        assert_false(lines_inside(&lines, "inner"));
        assert_int_equal(lines_next(&lines), 1);
        assert_string_equal(lines.text, "z");
        assert_int_equal(lines.number, 2);
        assert_false(lines_inside(&lines, "outer"));
        assert_int_equal(lines_next(&lines), 0);
}

/* The words of a line, each in brackets. */
static char *split(const char *text) {
        CLEANUP(freep) char *copy = strdup(text);
        char *rest = copy, *all = strdup("");

        while (*rest) {
                CLEANUP(freep) char *before = all;

                assert_true(asprintf(&all, "%s[%s]", before, next_word(&rest)) > 0);
        }
        return all;
}

static void test_words(void **state) {
        static const struct {
                const char *text, *expected;
        } CASES[] = {
                { "a  b\tc", "[a][b][c]" },
                { "\"a b\" 'c d'", "[a b][c d]" },
                { "\"a\"b", "[a][b]" },
                { "a\"b c\"", "[a\"b][c\"]" },
                { "\"a\\\"b\\\\\"", "[a\"b\\]" },
                { "'a\\\"b'", "[a\\\"b]" },
                { "a\\\\b\\c", "[a\\b\\c]" },
                { "\"open ended", "[open ended]" },
                { "\"\" a", "[][a]" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *all = split(CASES[i].text);

                assert_string_equal(all, CASES[i].expected);
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_lines),
                cmocka_unit_test(test_insertions),
                cmocka_unit_test(test_words),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
