/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/shell/test-command.h"

#include "common/cleanup.h"
#include "formats/shell/quoting.h"

#include <string.h>

/* @words: without the brackets. Return: 1, 0, or -EINVAL. */
static int evaluate(char *const *words, size_t count) {
        if (count == 2 && strcmp(words[0], "-n") == 0)
                return words[1][0] != '\0';
        if (count == 2 && strcmp(words[0], "-z") == 0)
                return words[1][0] == '\0';
        if (count == 3 && strcmp(words[1], "=") == 0)
                return strcmp(words[0], words[2]) == 0;
        if (count == 3 && strcmp(words[1], "!=") == 0)
                return strcmp(words[0], words[2]) != 0;
        return -EINVAL;
}

/* "&&", "||" and "|" make a command part of a longer condition. */
static bool is_in_list(const char *end_of_command) {
        return *end_of_command == '&' || *end_of_command == '|';
}

int test_command_read(const char **cursor, const struct string_list *environment) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        bool unknown = false;

        while (shell_skip_blanks(cursor)) {
                char *word = NULL;
                int r;

                r = shell_read_word(cursor, environment, &word);
                if (r == -ENOMEM || string_list_take(&words, word) < 0)
                        return -ENOMEM;
                unknown |= r < 0;
        }
        if (unknown || words.count < 2 || is_in_list(*cursor) || strcmp(words.items[0], "[") != 0 ||
            strcmp(words.items[words.count - 1], "]") != 0)
                return -EINVAL;
        return evaluate(words.items + 1, words.count - 2);
}
