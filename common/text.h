/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Text from files: booleans in it, and what of it can be printed
 */

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/**
 * text_is() - whether two texts are equal
 *
 * For a search among many texts: most differ in the first byte, which needs no call.
 */
static inline bool text_is(const char *text, const char *other) {
        return text[0] == other[0] && strcmp(text, other) == 0;
}

/**
 * text_set() - replace a text by a copy of another
 * @text:       to be freed, or NULL; receives the copy, or NULL
 * @value:      NULL for none
 *
 * Return: 0 or -ENOMEM.
 */
int text_set(char **text, const char *value);

/**
 * text_printable_length() - the printable character that a text begins with
 *
 * Return: how many bytes it has; 0 for a control character, or where the bytes are no UTF-8.
 */
size_t text_printable_length(const char *text);

/**
 * text_make_printable() - replace every byte that is not printable by '?', in place
 *
 * Control characters could end a comment or colour a terminal; of the bytes above 0x7f valid
 * UTF-8 is kept, except the C1 control characters (U+0080 to U+009F).
 */
void text_make_printable(char *text);

/**
 * text_parse_boolean() - read a boolean as systemd.syntax(7) spells it
 *
 * Return: 1 or 0; -EINVAL if it is neither.
 */
int text_parse_boolean(const char *text);
