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

static bool has_keyword(const char *option) {
        return *attribute_of(option) && !has_more(option);
}

/* @option:   "-a", or "-o KEYWORD", of which only what follows the keyword is returned
 * @ret_next: receives the index of the word behind the argument */
static const char *find_values(const char *option, const char *flags,
                               const struct string_list *words, size_t index, size_t *ret_next) {
        bool is_next;
        const char *argument = option_words_argument(option, strcspn(option, SYSTEMD_WHITESPACE),
                                                     flags, words, index, &is_next);

        *ret_next = index + 1 + is_next;
        if (argument && has_keyword(option))
                return statement_values(argument, attribute_of(option));
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
                const char *argument;
                bool is_next;

                if (!*value && option_words_has(condition, length, flags, words, i))
                        return true;
                argument = option_words_argument(condition, length, flags, words, i, &is_next);
                if (*value && argument && strcmp(argument, value) == 0)
                        return true;
        }
        return false;
}

static bool is_one_met(const struct string_list *conditions, const char *flags,
                       const struct string_list *words) {
        for (size_t i = 0; i < conditions->count; i++)
                if (conditions->items[i][0] == '-' && is_met(conditions->items[i], flags, words))
                        return true;
        return false;
}

unsigned command_line_families(const struct directive_language *language,
                               const struct command_words *command) {
        const struct string_list *words = &command->words;
        unsigned families = ADDRESS_FAMILIES;

        if (is_one_met(&language->unless, language->flags, words))
                return 0;
        if (is_one_met(&language->ipv4_unless, language->flags, words))
                families &= ~(unsigned)ADDRESS_IPV4;
        if (is_one_met(&language->ipv6_unless, language->flags, words))
                families &= ~(unsigned)ADDRESS_IPV6;
        return families;
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

/* @statements: those of "-o KEYWORD" */
static int read_options(const struct source *source, const struct command_words *command,
                        bool statements, bool others, struct candidates *candidates) {
        const struct string_list *options = &source->language->options;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < command->words.count; i++)
                for (size_t k = 0; r >= 0 && k < options->count; k++)
                        if (has_keyword(options->items[k]) ? statements : others)
                                r = read_option(source, options->items[k], command, i, candidates);
        return r;
}

int command_line_read(const struct source *source, const struct command_words *command,
                      struct candidates *candidates) {
        const struct string_list *options = &source->language->options, *words = &command->words;
        bool statements_first = source->language->statement_options_first;
        int r = 0;

        for (size_t i = 0; r >= 0 && options->count > 0 && i < words->count; i++)
                r = note_file(source, words->items[i], &command->places[i], candidates);

        if (r >= 0)
                r = read_options(source, command, true, !statements_first, candidates);
        if (r >= 0 && statements_first)
                r = read_options(source, command, false, true, candidates);
        return r;
}
