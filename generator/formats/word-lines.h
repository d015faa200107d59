/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Lines of words: "keyword value value", for languages whose statements end with the line
 */

#include "common/string-list.h"
#include "formats/scanner.h"

struct word_line {
        struct string_list words; /* at least one */
        unsigned line;            /* of the first word */
        char *text;               /* the line of the first word, as it is in the file */
        bool is_unclosed;         /* a quote of it is not closed */
};

/**
 * word_line_next() - read the next line that has a word
 * @scanner:    with @lines and without @marks in its syntax
 * @ret:        zeroed, or of the call before; word_line_clear() it
 *
 * Return: 1; 0 at the end of the text; -ENOMEM.
 */
int word_line_next(struct scanner *scanner, struct word_line *ret);

/**
 * word_line_clear() - free all
 */
void word_line_clear(struct word_line *line);
