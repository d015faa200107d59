/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/scanner.h"
#include "unit.h"

#include <string.h>

/* The tokens of a text: words in angle brackets with the line before, marks as they are, '$' for
 * the end of a line, '"' behind a quoted word, '!' behind one that is not closed. */
static const char *tokens(const struct scanner_syntax *syntax, const char *text) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        static char result[1024];
        struct token token;
        size_t length = 0;

        result[0] = '\0';
        assert_int_equal(scanner_init(&scanner, syntax, text), 0);
        while (scanner_next(&scanner, &token)) {
                size_t left = sizeof(result) - length;
                int r;

                if (token.type == TOKEN_WORD)
                        r = snprintf(result + length, left, "%u<%s>%s%s", token.line, token.text,
                                     token.is_quoted ? "\"" : "", token.is_unclosed ? "!" : "");
                else
                        r = snprintf(result + length, left, "%c",
                                     token.type == TOKEN_LINE ? '$' : token.mark);
                assert_true(r > 0 && (size_t)r < left);
                length += (size_t)r;
        }
        assert_int_equal(token.type, TOKEN_END);
        assert_false(scanner_next(&scanner, &token));
        return result;
}

static void test_lines(void **state) {
        const struct scanner_syntax syntax = { .comments = "#", .lines = true };

        (void)state;
        assert_string_equal(tokens(&syntax, "a  b\t# c\n\n d"), "1<a>1<b>$$3<d>");
        assert_string_equal(tokens(&syntax, "a#b\r\n"), "1<a#b>$");
        assert_string_equal(tokens(&syntax, ""), "");
        assert_string_equal(tokens(&syntax, "a\\\nb"), "1<a\\>$2<b>");
}

static void test_free_form(void **state) {
        const struct scanner_syntax syntax = {
                .comments = "#",
                .comments_in_words = true,
                .marks = "{};",
        };

        (void)state;
        assert_string_equal(tokens(&syntax, "a{b;#c\n d}"), "1<a>{1<b>;2<d>}");
        assert_string_equal(tokens(&syntax, "a#b\nc"), "1<a>2<c>");
}

static void test_quotes(void **state) {
        const struct scanner_syntax every = { .quotes = "\"'", .escapes = true, .lines = true };
        const struct scanner_syntax literal = {
                .quotes = "\"'",
                .literal_quotes = "'",
                .escaped_in_quotes = "\"\\",
                .lines = true,
        };
        const struct scanner_syntax start = {
                .quotes = "\"",
                .quotes_only_at_start = true,
                .quotes_span_lines = true,
        };

        (void)state;
        assert_string_equal(tokens(&every, "a\"b c\"'d'e"), "1<ab cde>\"");
        assert_string_equal(tokens(&every, "\"a\\\"b\" a\\ b"), "1<a\"b>\"1<a b>");
        assert_string_equal(tokens(&every, "\"\" 'a\nb"), "1<>\"1<a>\"!$2<b>");
        assert_string_equal(tokens(&literal, "'a\\' \"\\a\\\"\""), "1<a\\>\"1<\\a\">\"");
        assert_string_equal(tokens(&start, "\"a\nb\"c d\"e f"), "1<a\nb>\"2<c>2<d\"e>2<f>");
        assert_string_equal(tokens(&start, "\"a"), "1<a>\"!");
}

static void test_joined_lines(void **state) {
        const struct scanner_syntax syntax = { .quotes = "\"", .joins_lines = true, .lines = true };

        (void)state;
        assert_string_equal(tokens(&syntax, "a \\\n b\\\r\nc\nd"), "1<a>2<b>3<c>$4<d>");
        assert_string_equal(tokens(&syntax, "\"a\\\nb\" c"), "1<ab>\"2<c>");

        const struct scanner_syntax comments = {
                .comments = "#",
                .joins_lines = true,
                .comments_in_joined_lines = true,
                .lines = true,
        };

        assert_string_equal(tokens(&comments, "a \\\n# x\n # \\\n b\nc"), "1<a>4<b>$5<c>");
        assert_string_equal(tokens(&comments, "a \\\nb # x\nc"), "1<a>2<b>$3<c>");
}

static void test_place(void **state) {
        const struct scanner_syntax syntax = { .marks = "=" };
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        CLEANUP(freep) char *line = NULL;
        struct token token;

        (void)state;
        assert_int_equal(scanner_init(&scanner, &syntax, "a\n b=c d\ne"), 0);
        assert_true(scanner_next(&scanner, &token));
        assert_true(token.follows_blank);
        assert_true(scanner_next(&scanner, &token));
        assert_true(scanner_next(&scanner, &token));
        assert_int_equal(token.mark, '=');
        assert_false(token.follows_blank);
        line = scanner_copy_line(&scanner, &token);
        assert_string_equal(line, " b=c d");
        scanner_skip_line(&scanner);
        assert_true(scanner_next(&scanner, &token));
        assert_string_equal(token.text, "e");
        assert_int_equal(token.line, 3);
        assert_int_equal(token.end - token.start, 1);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_lines),  cmocka_unit_test(test_free_form),
                cmocka_unit_test(test_quotes), cmocka_unit_test(test_joined_lines),
                cmocka_unit_test(test_place),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
