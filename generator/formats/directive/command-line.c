/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/command-line.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/directive/statements.h"
#include "input/option-words.h"

#include <errno.h>
#include <string.h>

/* Option="-a ...": the words behind the argument are more of it. */
#define MORE "..."

/* What follows the option itself in its definition: "", a keyword, or MORE. */
static const char *attribute_of(const char *option) {
        size_t length = strcspn(option, SYSTEMD_WHITESPACE);

        return option + length + strspn(option + length, SYSTEMD_WHITESPACE);
}

static bool has_more(const char *option) {
        return strcmp(attribute_of(option), MORE) == 0;
}

/* @option:   "-a", or "-o KEYWORD", of which only what follows the keyword is returned
 * @ret_next: receives the index of the word behind the argument */
static const char *find_values(const char *option, const char *flags,
                               const struct string_list *words, size_t index, size_t *ret_next) {
        const char *attribute = attribute_of(option);
        bool is_next;
        const char *argument = option_words_argument(option, strcspn(option, SYSTEMD_WHITESPACE),
                                                     flags, words, index, &is_next);

        *ret_next = index + 1 + is_next;
        if (argument && *attribute && !has_more(option))
                return statement_values(argument, attribute);
        return argument;
}

static int add(const struct source *source, const struct word_place *place, const char *option,
               const char *values, struct candidates *candidates) {
        size_t length = has_more(option) ? strcspn(option, SYSTEMD_WHITESPACE) : strlen(option);
        CLEANUP(freep) char *text = NULL;

        if (asprintf(&text, "%.*s %s", (int)length, option, values) < 0)
                return -ENOMEM;
        return candidates_add_values(candidates, source->language, CANDIDATE_FINAL, values,
                                     &(struct place){ place->file, place->line, text });
}

static int read_option(const struct source *source, const char *option,
                       const struct command_words *command, size_t index,
                       struct candidates *candidates) {
        const struct string_list *words = &command->words;
        size_t next;
        const char *values = find_values(option, source->language->flags, words, index, &next);
        int r;

        if (!values)
                return 0;
        if (source->language->last_one_counts) {
                candidates_replace_files(candidates);
                candidates_replace(candidates, CANDIDATE_FINAL); /* of options before */
        }
        r = add(source, &command->places[index], option, values, candidates);
        for (; r >= 0 && has_more(option) && next < words->count; next++) {
                /* A word like "-::1" is one of them: main() of redis looks for "--". */
                if (strncmp(words->items[next], "--", 2) == 0)
                        break;
                r = add(source, &command->places[next], option, words->items[next], candidates);
        }
        return r;
}

/* @condition: "-a" or "-a VALUE" */
static bool is_met(const char *condition, const char *flags, const struct string_list *words) {
        size_t length = strcspn(condition, SYSTEMD_WHITESPACE);
        const char *value = condition + length + strspn(condition + length, SYSTEMD_WHITESPACE);

        for (size_t i = 0; i < words->count; i++) {
                bool is_next;
                const char *argument =
                        option_words_argument(condition, length, flags, words, i, &is_next);

                if (argument && (!*value || strcmp(argument, value) == 0))
                        return true;
        }
        return false;
}

bool command_line_forbids(const struct directive_language *language,
                          const struct command_words *command) {
        const struct string_list *unless = &language->unless;

        for (size_t i = 0; i < unless->count; i++)
                if (unless->items[i][0] == '-' &&
                    is_met(unless->items[i], language->flags, &command->words))
                        return true;
        return false;
}

/* Prometheus and its exporters read further options from FILE for "@FILE", which the definition of
 * such a daemon may not say. */
static int note_file(const struct source *source, const char *word, const struct word_place *place,
                     struct candidates *candidates) {
        if (source->language->option_file || strncmp(word, "@/", strlen("@/")) != 0)
                return 0;
        return address_list_add_unknown(&candidates->addresses, place->file, place->line, word,
                                        "options in a file are read with OptionFile= only");
}

int command_line_read(const struct source *source, const struct command_words *command,
                      struct candidates *candidates) {
        const struct string_list *options = &source->language->options, *words = &command->words;
        int r = 0;

        for (size_t i = 0; r >= 0 && options->count > 0 && i < words->count; i++)
                r = note_file(source, words->items[i], &command->places[i], candidates);

        for (size_t i = 0; r >= 0 && i < words->count; i++)
                for (size_t k = 0; r >= 0 && k < options->count; k++)
                        r = read_option(source, options->items[k], command, i, candidates);
        return r;
}
