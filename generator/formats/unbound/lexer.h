/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The words of unbound.conf and nsd.conf
 *
 * Both come from a flex scanner of the same origin (util/configlexer.lex of Unbound,
 * configlexer.lex of NSD), whose start conditions differ. So formats/scanner.h, whose syntax is the
 * same in all places, does not fit: in Unbound a keyword ends with its colon, a value does not.
 */

#include <stdbool.h>
#include <stddef.h>

struct lexer_rules {
        const char *quotes;         /* that may enclose a value */
        bool quotes_span_lines;     /* otherwise the daemon refuses the file */
        bool keywords_end_at_colon; /* "interface:ADDRESS" is two words */
};

struct lexer {
        const struct lexer_rules *rules; /* borrowed */
        const char *text;                /* NUL-terminated; borrowed */
        const char *position;
        unsigned line; /* of @position, 1-based */
};

enum lexer_place {
        PLACE_KEYWORD,
        PLACE_VALUE,
        PLACE_PATH, /* of an included file */
};

struct word {
        const char *start; /* in the text, not terminated */
        size_t length;
        unsigned line;
        bool is_quoted;
        bool is_unclosed; /* its quote is not closed */
};

/**
 * lexer_next() - read the next word
 * @place:      what it is; the same text is split differently
 * @ret:        receives it; a backslash stays in it, as it does in the daemons
 *
 * Return: whether there is one.
 */
bool lexer_next(struct lexer *lexer, enum lexer_place place, struct word *ret);

/**
 * lexer_copy_line() - the line of the text that a word begins on
 *
 * Return: to be freed by the caller, or NULL if out of memory.
 */
char *lexer_copy_line(const struct lexer *lexer, const struct word *word);
