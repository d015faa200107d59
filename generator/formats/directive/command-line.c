/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/command-line.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/directive/statements.h"
#include "formats/shell/environment.h"
#include "input/command-line-words.h"

#include <errno.h>
#include <string.h>

int options_expand(const struct string_list *arguments, const struct string_list *environment,
                   struct string_list *ret) {
        for (size_t i = 0; i < arguments->count; i++) {
                const char *word = arguments->items[i];
                bool is_list = word[0] == '$' && word[1] != '{';
                char *expanded = environment_expand(word, environment);
                int r;

                if (!expanded)
                        return -ENOMEM;
                if (is_list) {
                        r = command_line_words_add(expanded, NULL, ret);
                        free(expanded);
                } else {
                        r = string_list_take(ret, expanded);
                }
                if (r < 0)
                        return r;
        }
        return 0;
}

/* See options_match(); @length bytes of @option are the option. */
static const char *find_argument(const char *option, size_t length, const struct string_list *words,
                                 size_t index) {
        const char *word = words->items[index];

        if (strncmp(word, option, length) != 0)
                return NULL;
        word += length;
        if (*word == '\0')
                return index + 1 < words->count ? words->items[index + 1] : NULL;
        if (*word == '=')
                return word + 1;
        return length == strlen("-a") ? word : NULL;
}

const char *options_match(const char *option, const struct string_list *words, size_t index) {
        size_t length = strcspn(option, SYSTEMD_WHITESPACE);
        const char *keyword = option + length + strspn(option + length, SYSTEMD_WHITESPACE);
        const char *argument = find_argument(option, length, words, index);

        return argument && *keyword ? statement_values(argument, keyword) : argument;
}
