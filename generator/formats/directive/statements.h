/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Splits configuration text into statements: "keyword, then values", in blocks or not
 */

#include "config/directive-language.h"

struct scanner {
        const struct directive_language *language; /* borrowed */
        const char *position;
        unsigned line;
        char *buffer; /* as long as the text; holds one statement at a time */
};

struct statement {
        const char *text; /* without comments, on one line, quotes kept; never blank unless it
                             ends with a brace; valid until the next scanner_next() */
        unsigned line;    /* of its first word */
        char end;         /* '\n', ';', '{', '}', or '\0' at the end of the text */
};

/**
 * scanner_init() - start scanning
 * @scanner:    scanner_clear() it
 * @text:       NUL-terminated; borrowed
 *
 * Return: 0 or -ENOMEM.
 */
int scanner_init(struct scanner *scanner, const struct directive_language *language,
                 const char *text);

/**
 * scanner_next() - cut off the next statement
 *
 * A quotation mark counts where a word begins, if it is closed; where lines are statements, on its
 * line.
 *
 * Return: whether there is one.
 */
bool scanner_next(struct scanner *scanner, struct statement *ret);

/**
 * scanner_clear() - free all
 */
void scanner_clear(struct scanner *scanner);

/**
 * statement_values() - what follows a keyword
 * @text:       of a statement
 * @keyword:    compared in any case; "*": there is none, all of @text are values
 *
 * Return: the text behind the keyword and a '=' or ':' that follows it; NULL if the statement does
 * not begin with the keyword.
 */
const char *statement_values(const char *text, const char *keyword);
