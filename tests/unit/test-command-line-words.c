/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "input/command-line-words.h"
#include "unit.h"

#include <stdio.h>

/* All words of a value, each in brackets; valid until the next call. */
static const char *words_of(const char *text, const char *instance) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        static char all[256];
        int used = 0;

        assert_int_equal(command_line_words_add(text, instance, &words), 0);
        all[0] = '\0';
        for (size_t i = 0; i < words.count; i++)
                used += snprintf(all + used, sizeof(all) - (size_t)used, "[%s]", words.items[i]);
        assert_true(used < (int)sizeof(all));
        return all;
}

static void test_words(void **state) {
        (void)state;
        assert_string_equal(words_of("", NULL), "");
        assert_string_equal(words_of(" A=1\tB=2 ", NULL), "[A=1][B=2]");
        assert_string_equal(words_of("\"A=b c\" 'D=\"e'", NULL), "[A=b c][D=\"e]");
        assert_string_equal(words_of("A=\"b c\"d", NULL), "[A=b cd]");
        assert_string_equal(words_of("A=\\\"b\\ c", NULL), "[A=\"b c]");
        assert_string_equal(words_of("\"A=b", NULL), "[A=b]");
        assert_string_equal(words_of("'' A", NULL), "[][A]");
}

static void test_specifiers(void **state) {
        (void)state;
        assert_string_equal(words_of("A=%i-%%i", "blog"), "[A=blog-%i]");
        assert_string_equal(words_of("A=%i%n%", NULL), "[A=%i%n%]");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_words),
                cmocka_unit_test(test_specifiers),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
