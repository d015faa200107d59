/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Options among the words of a command line
 */

#include "common/string-list.h"

/**
 * option_words_argument() - the argument of an option
 * @option:     @length bytes: "-a", "--address", or "NAME=" for a word that begins so
 * @flags:      letters of options without an argument, which may be in the same word before a
 *              one-letter option; or NULL
 * @index:      of the word where it may be
 * @ret_is_next: receives whether the argument is the word behind
 *
 * Understood: "-a ARGUMENT", "-aARGUMENT", "--address ARGUMENT", "--address=ARGUMENT"; with
 * @flags "x" also "-xa ARGUMENT" and "-xaARGUMENT", and the beginning of a long option, "--addr".
 *
 * Return: the argument, borrowed; NULL if the word is another one, or nothing is behind it.
 */
const char *option_words_argument(const char *option, size_t length, const char *flags,
                                  const struct string_list *words, size_t index, bool *ret_is_next);

/**
 * option_words_has() - whether a word has an option, with an argument or not
 *
 * The arguments are those of option_words_argument().
 */
bool option_words_has(const char *option, size_t length, const char *flags,
                      const struct string_list *words, size_t index);
