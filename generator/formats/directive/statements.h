/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Splits configuration text into statements: "keyword, then values", in blocks or not
 */

#include "config/directive-language.h"

struct statement_scanner {
        const struct directive_language *language; /* borrowed */
        const char *position;
        unsigned line;
        char *buffer; /* as long as the text; holds one statement at a time */
};

struct statement {
        const char *text; /* without comments, on one line, quotes kept; never blank unless it
                             ends with a brace; valid until the next statement_scanner_next() */
        unsigned line;    /* of its first word */
        char end;         /* '\n', ';', '{', '}', or '\0' at the end of the text; parentheses that
                             open and close blocks are braces here */
        bool is_further;  /* the value of the statement before has another one: an item of a list */
};

/**
 * statement_scanner_init() - start scanning
 * @scanner:    statement_scanner_clear() it
 * @text:       NUL-terminated; borrowed
 *
 * Return: 0 or -ENOMEM.
 */
int statement_scanner_init(struct statement_scanner *scanner,
                           const struct directive_language *language, const char *text);

/**
 * statement_scanner_next() - cut off the next statement
 *
 * A quotation mark counts where a word begins, if it is closed; where lines are statements, on its
 * line.
 *
 * Return: whether there is one.
 */
bool statement_scanner_next(struct statement_scanner *scanner, struct statement *ret);

/**
 * statement_scanner_clear() - free all
 */
void statement_scanner_clear(struct statement_scanner *scanner);

/**
 * c_comment_length() - the length of a comment of C
 *
 * It is from "//" to the end of the line, without that, or from a slash and an asterisk to the
 * reverse or the end of the text.
 *
 * Return: 0 if there is none at the beginning of @text.
 */
size_t c_comment_length(const char *text);

/**
 * statement_values() - what follows a keyword
 * @text:       of a statement
 * @keyword:    compared in any case, where '+' is a blank between two words; "*": there is none,
 * all of
 *              @text are values
 *
 * Return: the text behind the keyword and a '=' or ':' that follows it; NULL if the statement does
 * not begin with the keyword.
 */
const char *statement_values(const char *text, const char *keyword);
