/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/command-line.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/directive/statements.h"
#include "input/option-words.h"

#include <errno.h>
#include <string.h>

/* @option: "-a", or "-o KEYWORD", of which only what follows the keyword is returned. */
static const char *find_values(const char *option, const char *flags,
                               const struct string_list *words, size_t index) {
        size_t length = strcspn(option, SYSTEMD_WHITESPACE);
        const char *keyword = option + length + strspn(option + length, SYSTEMD_WHITESPACE);
        bool is_next;
        const char *argument = option_words_argument(option, length, flags, words, index, &is_next);

        return argument && *keyword ? statement_values(argument, keyword) : argument;
}

static int read_option(const struct source *source, const char *option,
                       const struct string_list *words, size_t index,
                       struct candidates *candidates) {
        const char *values = find_values(option, source->language->flags, words, index);
        CLEANUP(freep) char *text = NULL;

        if (!values)
                return 0;
        if (source->language->last_one_counts) {
                candidates_replace_files(candidates);
                candidates_replace(candidates, CANDIDATE_FINAL); /* of options before */
        }
        if (asprintf(&text, "%s %s", option, values) < 0)
                return -ENOMEM;
        return candidates_add_values(
                candidates, source->language, CANDIDATE_FINAL, values,
                &(struct place){ source->arguments_file, source->arguments_line, text });
}

int command_line_read(const struct source *source, struct candidates *candidates) {
        const struct string_list *options = &source->language->options, *words = source->arguments;
        int r = 0;

        for (size_t i = 0; r >= 0 && words && i < words->count; i++)
                for (size_t k = 0; r >= 0 && k < options->count; k++)
                        r = read_option(source, options->items[k], words, i, candidates);
        return r;
}
