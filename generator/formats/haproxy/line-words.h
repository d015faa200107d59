/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Splits a line of haproxy's configuration into words: parse_line() in haproxy's src/tools.c
 */

#include "common/string-list.h"
#include "formats/haproxy/variable-store.h"

/* What the variables ".FILE", ".LINE" and ".SECTION" are. */
struct words_place {
        const char *file;
        unsigned line;
        const char *section;
};

/**
 * words_split() - remove quotes and escapes, replace variables
 * @line:       ends with a newline or NUL
 * @ret:        empty; receives the words; empty ones may be among them
 *
 * Return: 0; -EINVAL if haproxy does not accept the line; -E2BIG if it becomes longer than any real
 * one; -ENOMEM.
 */
int words_split(const char *line, const struct variables *variables,
                const struct words_place *place, struct string_list *ret);

/**
 * words_expand_address() - replace the variables in an address, where haproxy does so once more,
 * also outside of quotes (env_expand() in src/tools.c)
 *
 * Return: to be freed by the caller, or NULL if out of memory.
 */
char *words_expand_address(const char *text, const struct variables *variables);
