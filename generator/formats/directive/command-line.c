/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/command-line.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/directive/statements.h"
#include "formats/shell/environment.h"
#include "input/command-line-words.h"

#include <errno.h>
#include <string.h>

static int expand(const struct string_list *arguments, const struct string_list *environment,
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

/* The argument of an option, @length bytes at @option, if that is the word at @index. */
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

/* @option: "-a", or "-o KEYWORD", of which only what follows the keyword is returned. */
static const char *find_values(const char *option, const struct string_list *words, size_t index) {
        size_t length = strcspn(option, SYSTEMD_WHITESPACE);
        const char *keyword = option + length + strspn(option + length, SYSTEMD_WHITESPACE);
        const char *argument = find_argument(option, length, words, index);

        return argument && *keyword ? statement_values(argument, keyword) : argument;
}

static int read_option(const struct source *source, const char *option,
                       const struct string_list *words, size_t index,
                       struct candidates *candidates) {
        const char *values = find_values(option, words, index);
        CLEANUP(freep) char *text = NULL;

        if (!values)
                return 0;
        if (asprintf(&text, "%s %s", option, values) < 0)
                return -ENOMEM;
        return candidates_add_values(candidates, source->language, CANDIDATE_FINAL, values,
                                     &(struct place){ source->arguments_file, 0, text });
}

static int add_all(struct string_list *list, const struct string_list *more) {
        int r = 0;

        for (size_t i = 0; r >= 0 && more && i < more->count; i++)
                r = string_list_add(list, more->items[i]);
        return r;
}

int command_line_read(const struct source *source, const struct string_list *environment,
                      struct candidates *candidates) {
        const struct string_list *options = &source->language->options;
        CLEANUP(string_list_clear) struct string_list merged = { 0 }, words = { 0 };
        int r;

        if (options->count == 0 || !source->arguments)
                return 0;
        r = add_all(&merged, source->environment);
        if (r >= 0)
                r = add_all(&merged, environment);
        if (r >= 0)
                r = expand(source->arguments, &merged, &words);
        for (size_t i = 0; r >= 0 && i < words.count; i++)
                for (size_t k = 0; r >= 0 && k < options->count; k++)
                        r = read_option(source, options->items[k], &words, i, candidates);
        return r;
}
