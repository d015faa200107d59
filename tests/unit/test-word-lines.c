/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/word-lines.h"

#include "common/cleanup.h"
#include "unit.h"

#include <string.h>

static const struct scanner_syntax SYNTAX = { .comments = "#", .quotes = "\"", .lines = true };

/* "LINE:<WORD><WORD>" for each, "!" behind one with a quote that is not closed. */
static const char *lines(const char *text) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        CLEANUP(word_line_clear) struct word_line line = { 0 };
        static char result[256];
        char *end = result;

        *end = '\0';
        assert_int_equal(scanner_init(&scanner, &SYNTAX, text), 0);
        while (word_line_next(&scanner, &line) > 0) {
                end += sprintf(end, "%u:", line.line);
                for (size_t i = 0; i < line.words.count; i++)
                        end += sprintf(end, "<%s>", line.words.items[i]);
                end = stpcpy(end, line.is_unclosed ? "!" : "");
        }
        assert_int_equal(word_line_next(&scanner, &line), 0);
        return result;
}

static void test_lines(void **state) {
        (void)state;
        assert_string_equal(lines("a b\n\n# x\n c\n"), "1:<a><b>4:<c>");
        assert_string_equal(lines("a\nb"), "1:<a>2:<b>");
        assert_string_equal(lines("\"\" \"b c\n\n\nd"), "1:<><b c>!4:<d>");
        assert_string_equal(lines("\n#a"), "");
        assert_string_equal(lines(""), "");
}

static void test_text_is_the_line_of_the_file(void **state) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        CLEANUP(word_line_clear) struct word_line line = { 0 };

        (void)state;
        assert_int_equal(scanner_init(&scanner, &SYNTAX, "\n  \"a\" b # c\nd\n"), 0);
        assert_int_equal(word_line_next(&scanner, &line), 1);
        assert_string_equal(line.text, "  \"a\" b # c");
        assert_int_equal(word_line_next(&scanner, &line), 1);
        assert_string_equal(line.text, "d");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_lines),
                cmocka_unit_test(test_text_is_the_line_of_the_file),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
