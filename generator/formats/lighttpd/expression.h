/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/lighttpd/parser.h"

/**
 * token_is_mark(), token_is_plain() - what the present token of a file is
 * @word:       not in quotes
 */
bool token_is_mark(const struct parsed_file *file, char mark);
bool token_is_plain(const struct parsed_file *file, const char *word);

/**
 * token_next() - continue with the next token
 */
void token_next(struct parsed_file *file);

/**
 * token_skip_mark() - continue behind a mark
 *
 * Return: 0, or -EINVAL if it is not the present token.
 */
int token_skip_mark(struct parsed_file *file, char mark);

/**
 * key_copy() - the name of a variable as lighttpd keeps it
 *
 * Return: to be freed by the caller: @word, after "var." if it has no dot; NULL if out of memory.
 */
char *key_copy(const char *word);

/**
 * expression_read() - values with "+" between them
 * @ret:        receives the result
 *
 * Return: 0; -EINVAL if lighttpd refuses it; -ENOMEM.
 */
int expression_read(struct parsed_file *file, struct value *ret);
