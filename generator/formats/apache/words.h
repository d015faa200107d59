/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/**
 * next_word() - cut the next word off a line, as ap_getword_conf() (server/util.c)
 * @line:       the rest of the line, which is changed: words are unquoted in place; moved to the
 *              word after this one
 *
 * A word ends at white space, or begins with ' or " and ends with the same. In quotes a backslash
 * quotes itself and the quotation mark, elsewhere only itself. What follows a closing quotation
 * mark is the next word, even without white space.
 *
 * Return: the word; "" at the end of the line, or for "".
 */
char *next_word(char **line);

/**
 * skip_blanks() - the first character that is no white space of the C locale
 */
char *skip_blanks(char *text);
