/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/squid/process-conditions.h"

#include "log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes; a longer expression is not understood. */
enum { EXPRESSION_SIZE = 256 };

void squid_conditions_init(struct squid_conditions *conditions,
                           const struct string_list *arguments) {
        bool is_one_process = false;

        for (size_t i = 0; arguments && i < arguments->count; i++) {
                const char *word = arguments->items[i];

                is_one_process |= word[0] == '-' && word[1] != '-' && strchr(word, 'N');
        }
        *conditions = (struct squid_conditions){
                .first_process = !is_one_process,
                .last_process = !is_one_process,
        };
}

void squid_conditions_set_workers(struct squid_conditions *conditions, const char *value) {
        long workers = strtol(value, NULL, 10);

        if (conditions->first_process > 0 && workers > 0)
                conditions->last_process = workers;
}

/* Return: whether @text is a number, or the number of a process. */
static bool read_number(const char *text, bool *ret_is_process, long *ret) {
        char *end;

        *ret_is_process = strcmp(text, "${process_number}") == 0;
        *ret = strtol(text, &end, 0);
        return *ret_is_process || (end != text && *end == '\0');
}

/* "A = B". Return: whether it was understood. */
static bool compare(const struct squid_conditions *conditions, const char *a, const char *b,
                    bool *ret_then, bool *ret_else) {
        bool a_is_process, b_is_process;
        long x, y, number;

        if (!read_number(a, &a_is_process, &x) || !read_number(b, &b_is_process, &y))
                return false;
        if (a_is_process == b_is_process) {
                *ret_then = a_is_process || x == y;
                *ret_else = !*ret_then;
                return true;
        }
        number = a_is_process ? y : x;
        *ret_then = number >= conditions->first_process && number <= conditions->last_process;
        *ret_else = !*ret_then || conditions->first_process != conditions->last_process;
        return true;
}

/* The words behind "if", without the blanks between them. */
static void join(const struct string_list *words, char ret[static EXPRESSION_SIZE]) {
        size_t length = 0;

        ret[0] = '\0';
        for (size_t i = 1; i < words->count && length < EXPRESSION_SIZE; i++)
                length += (size_t)snprintf(ret + length, EXPRESSION_SIZE - length, "%s",
                                           words->items[i]);
}

/* @words: with "if" in front. Return: whether it was understood. */
static bool evaluate(const struct squid_conditions *conditions, const struct string_list *words,
                     bool *ret_then, bool *ret_else) {
        char expression[EXPRESSION_SIZE];
        char *equals;

        join(words, expression);
        *ret_then = *ret_else = true;
        equals = strchr(expression, '=');
        if (equals) {
                *equals = '\0';
                return compare(conditions, expression, equals + 1, ret_then, ret_else);
        }
        if (strcmp(expression, "true") != 0 && strcmp(expression, "false") != 0)
                return false;
        *ret_then = strcmp(expression, "true") == 0;
        *ret_else = !*ret_then;
        return true;
}

bool squid_conditions_read(struct squid_conditions *conditions, const struct string_list *words,
                           const char *file, unsigned line) {
        const char *keyword = words->items[0];
        bool then_counts, else_counts;

        if (strcmp(keyword, "if") == 0) {
                if (!evaluate(conditions, words, &then_counts, &else_counts))
                        log_warning(file, line,
                                    "This condition is not known, so both of its branches count.");
                if (conditions->depth < SQUID_CONDITIONS_MAX) {
                        conditions->items[conditions->depth].then_counts = then_counts;
                        conditions->items[conditions->depth].else_counts = else_counts;
                        conditions->items[conditions->depth].in_else = false;
                }
                conditions->depth++;
                return true;
        }
        if (strcmp(keyword, "else") == 0) {
                if (conditions->depth > 0 && conditions->depth <= SQUID_CONDITIONS_MAX)
                        conditions->items[conditions->depth - 1].in_else ^= true;
                return true;
        }
        if (strcmp(keyword, "endif") == 0) {
                conditions->depth -= conditions->depth > 0;
                return true;
        }
        return false;
}

bool squid_conditions_met(const struct squid_conditions *conditions) {
        size_t last = conditions->depth - 1;

        if (conditions->depth == 0 || conditions->depth > SQUID_CONDITIONS_MAX)
                return true;
        return conditions->items[last].in_else ? conditions->items[last].else_counts
                                               : conditions->items[last].then_counts;
}
