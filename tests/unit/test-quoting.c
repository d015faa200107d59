/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/shell/quoting.h"
#include "unit.h"

#include <errno.h>
#include <string.h>

typedef int read_fn(const char **cursor, const struct string_list *environment, char **ret);

/* Reads @text with A=1 in the environment; asserts what comes of it, and what is left of @text. */
static void check(read_fn *read, const char *text, int error, const char *expected,
                  const char *expected_rest) {
        char *entries[] = { (char *)"A=1" };
        const struct string_list environment = { entries, 1 };
        CLEANUP(freep) char *result = NULL;
        const char *cursor = text;

        assert_int_equal(read(&cursor, &environment, &result), error);
        assert_string_equal(result, expected);
        assert_string_equal(cursor, expected_rest);
}

static void check_value(const char *text, const char *expected, const char *expected_rest) {
        check(shell_read_value, text, 0, expected, expected_rest);
}

static void test_quotes(void **state) {
        (void)state;
        check_value("\"-g -N\"\n", "-g -N", "\n");
        check_value("'a \"b\" $A \\d'", "a \"b\" $A \\d", "");
        check_value("\"a 'b' $A\"", "a 'b' 1", "");
        check_value("a\"b\"'c'", "abc", "");
        check_value("\"a\nb;c # d\"\nX", "a\nb;c # d", "\nX");
        check_value("\"never closed\n", "never closed\n", "");
}

static void test_escapes(void **state) {
        (void)state;
        check_value("\"a \\\"b\\\" \\x\"", "a \"b\" \\x", "");
        check_value("a\\ b\\;c", "a b;c", "");
        check_value("a\\\nb", "ab", "");
        check_value("\\$A \"\\$A\"", "$A $A", "");
        check_value("a\\", "a\\", "");
}

static void test_end_of_command(void **state) {
        (void)state;
        check_value("a b \t # c\n", "a b \t ", "# c\n");
        check_value("a#b;c", "a#b", ";c");
        check_value("a&&b", "a", "&&b");
        check_value("a|b", "a", "|b");
        check_value("#a", "", "#a");
        check(shell_read_word, "a b", 0, "a", " b");
        check(shell_read_word, "\"a b\"c\td", 0, "a bc", "\td");
        check(shell_read_word, "a\\ b\rc", 0, "a b", "\rc");
}

static void test_what_only_a_shell_knows(void **state) {
        (void)state;
        check(shell_read_value, "a$(b)\nX", -EINVAL, "a(b)", "\nX");
        check(shell_read_value, "\"`b`\"\nX", -EINVAL, "b", "\nX");
        check(shell_read_word, "${A:-b} c", -EINVAL, "{A:-b}", " c");
        check(shell_read_value, "'$(b)`c`'", 0, "$(b)`c`", "");
}

static void test_blanks(void **state) {
        const char *cursor = " \t\ra b";

        (void)state;
        assert_true(shell_skip_blanks(&cursor));
        assert_string_equal(cursor, "a b");
        cursor = "  # a";
        assert_false(shell_skip_blanks(&cursor));
        cursor = " \n";
        assert_false(shell_skip_blanks(&cursor));
        cursor = "";
        assert_false(shell_skip_blanks(&cursor));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_quotes),
                cmocka_unit_test(test_escapes),
                cmocka_unit_test(test_end_of_command),
                cmocka_unit_test(test_what_only_a_shell_knows),
                cmocka_unit_test(test_blanks),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
