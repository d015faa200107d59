/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The words of a line of Redis: sdssplitargs() in src/sds.c, the same in Valkey
 */

#include "common/string-list.h"

/**
 * redis_words_split() - split a line
 * @line:       without its newline
 * @ret:        empty; receives the words. A word ends at a NUL that an escape makes of it
 *
 * Between double quotes "\xHH" is a byte, and \n, \r, \t, \b and \a are as in C; between single
 * quotes only \' is an escape, elsewhere nothing is.
 *
 * Return: 0; -EINVAL if a quote is not closed, or something follows a closing one; -ENOMEM.
 */
int redis_words_split(const char *line, struct string_list *ret);
