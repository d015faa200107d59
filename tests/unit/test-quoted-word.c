/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "input/quoted-word.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

/* All words of a text, each in brackets, then "!" if there was an error; valid until the next call.
 */
static const char *words_of(const char *text, enum quoted_escapes escapes) {
        static char all[256];
        char *word;
        int r;

        all[0] = '\0';
        while ((r = quoted_word_next(&text, escapes, &word)) > 0) {
                (void)snprintf(all + strlen(all), sizeof(all) - strlen(all), "[%s]", word);
                free(word);
        }
        return r < 0 ? strcat(all, "!") : all;
}

static void test_quotes(void **state) {
        (void)state;
        assert_string_equal(words_of("", QUOTED_ESCAPES), "");
        assert_string_equal(words_of(" A=1\tB=2 ", QUOTED_ESCAPES), "[A=1][B=2]");
        assert_string_equal(words_of("\"A=b c\" 'D=\"e'", QUOTED_ESCAPES), "[A=b c][D=\"e]");
        assert_string_equal(words_of("A=\"b c\"d ''", QUOTED_ESCAPES), "[A=b cd][]");
        assert_string_equal(words_of("a 'b c", QUOTED_ESCAPES), "[a]!");
        assert_string_equal(words_of("a 'b c", QUOTED_ESCAPES_OR_TEXT), "[a]!");
        assert_string_equal(words_of("a 'b c", QUOTED_ANY), "[a][b c]");
}

static void test_escapes(void **state) {
        (void)state;
        assert_string_equal(words_of("a\\sb\\x41\\102\\u00e4\\U0001F600\\\"", QUOTED_ESCAPES),
                            "[a bAB\xc3\xa4\xf0\x9f\x98\x80\"]");
        assert_string_equal(words_of("'\\t'", QUOTED_ESCAPES), "[\t]");
        assert_string_equal(words_of("a \\d b", QUOTED_ESCAPES), "[a]!");
        assert_string_equal(words_of("\\x00", QUOTED_ESCAPES), "!");
        assert_string_equal(words_of("\\ud800", QUOTED_ESCAPES), "!");
        assert_string_equal(words_of("\\400", QUOTED_ESCAPES), "!");
        assert_string_equal(words_of("\\x4g \\d \\", QUOTED_ESCAPES_OR_TEXT), "[\\x4g][\\d][\\]");
        assert_string_equal(words_of("\\x41 a\\ b \\", QUOTED_ANY), "[x41][a b][]");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_quotes),
                cmocka_unit_test(test_escapes),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
