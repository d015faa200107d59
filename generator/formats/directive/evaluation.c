/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/evaluation.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/directive/values.h"
#include "input/variable-list.h"
#include "log.h"

#include <stdio.h>
#include <string.h>

static bool is_freebind(const struct directive_language *language, const char *values) {
        for (size_t i = 0; i < language->freebind.count; i++)
                if (values_contain(values, language->freebind.items[i]))
                        return true;
        return false;
}

/* Whether the directive is the first one; 1, 0 or -ENOMEM. */
static int is_first(struct evaluation *evaluation, const char *directive) {
        if (string_list_contains(&evaluation->seen, directive))
                return 0;
        return string_list_add(&evaluation->seen, directive) < 0 ? -ENOMEM : 1;
}

/* @directive: index of the Directive= that the statement matches */
static int add_values(struct evaluation *evaluation, size_t directive, const char *values,
                      const struct place *place) {
        const struct candidate_origin origin = { directive, blocks_number(&evaluation->blocks) };
        const char *name = evaluation->language->directives.items[directive];
        struct directive_language language = *evaluation->language;

        if (string_list_contains(&language.portless, name))
                language.port_after_last_colon = false;
        if (language.first_one_counts && !evaluation->is_further) {
                int r = is_first(evaluation, name);

                if (r <= 0)
                        return r;
        }
        if (language.last_one_counts && !evaluation->is_further)
                candidates_replace(&evaluation->candidates, origin);
        evaluation->candidates.addresses.has_statement = true;
        if (is_freebind(&language, values))
                return 0;
        return candidates_add_values(&evaluation->candidates, &language, origin, values, place);
}

/* "ADDR:" */
static bool begins_with_ipv4(const char *text) {
        size_t length = strcspn(text, LINE_WHITESPACE ":");
        struct pattern pattern;

        return text[length] == ':' && value_parse(text, length, false, &pattern) == 0;
}

/* "ADDR,PORT" */
static bool begins_with_list(const char *text) {
        size_t length = strcspn(text, LINE_WHITESPACE ",");
        struct pattern pattern;

        return text[length] == ',' && value_parse(text, length, false, &pattern) == 0;
}

/* Directive=[]: the statement is a line of a table, "[ADDR]:PORT ...", "ADDR,PORT" or of IPv4
 * "ADDR:PORT ...", which no other replaces. With Port=last-colon any "ADDR:PORT ..." is. */
static int add_first_word(struct evaluation *evaluation, const char *text,
                          const struct place *place) {
        CLEANUP(freep) char *word = NULL;

        text += strspn(text, LINE_WHITESPACE);
        word = strndup(text, strcspn(text, LINE_WHITESPACE));
        if (!word)
                return -ENOMEM;
        if (text[0] != '[' && !begins_with_ipv4(text) && !begins_with_list(text) &&
            !(evaluation->language->port_after_last_colon && strchr(word, ':')))
                return 0;
        return candidates_add_values(&evaluation->candidates, evaluation->language, CANDIDATE_FINAL,
                                     word, place);
}

static int apply_directives(struct evaluation *evaluation, const char *text,
                            const struct place *place) {
        const struct string_list *directives = &evaluation->language->directives;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < directives->count; i++) {
                const char *values;

                if (strcmp(directives->items[i], "[]") == 0)
                        r = add_first_word(evaluation, text, place);
                else if ((values = blocks_find_values(&evaluation->blocks, directives->items[i],
                                                      text)))
                        r = add_values(evaluation, i, values, place);
        }
        return r;
}

/* Their numbers follow those of Directive=. */
static int apply_interface_directives(struct evaluation *evaluation, const char *text,
                                      const struct place *place) {
        const struct directive_language *language = evaluation->language;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < language->interface_directives.count; i++) {
                const struct candidate_origin origin = { language->directives.count + i,
                                                         blocks_number(&evaluation->blocks) };
                const char *values = blocks_find_values(
                        &evaluation->blocks, language->interface_directives.items[i], text);

                if (!values)
                        continue;
                if (language->last_one_counts)
                        candidates_replace(&evaluation->candidates, origin);
                r = candidates_add_interface(&evaluation->candidates, origin, values, place);
        }
        return r;
}

static int apply_includes(const struct evaluation *evaluation, const char *text,
                          struct inclusions *ret) {
        const struct string_list *includes = &evaluation->language->includes;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < includes->count; i++) {
                const char *values =
                        blocks_find_values(&evaluation->blocks, includes->items[i], text);

                if (values)
                        r = inclusions_take(ret, includes->items[i], strdup(values));
        }
        return r;
}

/* Macros=yes: "NAME = VALUE" outside of blocks. */
static int assign_macro(struct evaluation *evaluation, const char *text) {
        const char *name = text + strspn(text, LINE_WHITESPACE);
        size_t length = environment_name_length(name);
        const char *value = name + length + strspn(name + length, LINE_WHITESPACE);
        size_t value_length;
        CLEANUP(freep) char *assignment = NULL;

        if (!evaluation->language->macros || evaluation->blocks.names.count > 0 || length == 0 ||
            *value++ != '=')
                return 0;
        value = value_next(&value, &value_length);
        if (asprintf(&assignment, "%.*s=%.*s", (int)length, name, value ? (int)value_length : 0,
                     value ? value : "") < 0)
                return -ENOMEM;
        return expansion_assign(&evaluation->expansion, assignment);
}

int evaluation_begin_statement(struct evaluation *evaluation, const char *file,
                               const struct statement *statement, struct inclusions *ret_includes) {
        const struct place place = { file, statement->line, statement->text };
        CLEANUP(freep) char *text = NULL;
        int r;

        evaluation->is_further = statement->is_further;
        r = blocks_read_section(&evaluation->blocks, statement->text);
        if (r != 0)
                return r < 0 ? r : 0;
        r = expansion_apply(&evaluation->expansion, statement->text, &text);
        if (r == -EDQUOT)
                log_warning(file, statement->line,
                            "Variables expand to more than %d MiB, ignoring what follows.",
                            EXPANSION_BUDGET >> 20);
        if (r >= 0)
                r = assign_macro(evaluation, text);
        if (r >= 0)
                r = wait_conditions_update(&evaluation->conditions, evaluation->language,
                                           &evaluation->blocks, text);
        if (r >= 0)
                r = apply_directives(evaluation, text, &place);
        if (r >= 0)
                r = apply_interface_directives(evaluation, text, &place);
        if (r >= 0)
                r = apply_includes(evaluation, text, ret_includes);
        return r;
}

int evaluation_end_statement(struct evaluation *evaluation, const struct statement *statement) {
        if (statement->end == '{')
                return blocks_open(&evaluation->blocks, statement->text);
        if (statement->end == '}')
                blocks_close(&evaluation->blocks);
        return 0;
}

void evaluation_clear(struct evaluation *evaluation) {
        expansion_clear(&evaluation->expansion);
        blocks_clear(&evaluation->blocks);
        candidates_clear(&evaluation->candidates);
        string_list_clear(&evaluation->seen);
}
