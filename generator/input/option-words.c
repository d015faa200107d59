/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/option-words.h"

#include <string.h>

/* getopt_long(3): the beginning of a long option means it. Return: what is behind it, or NULL. */
static const char *behind_beginning(const char *word, const char *option, size_t length) {
        size_t given = strcspn(word, "=");
        bool is_long = length > strlen("--") && strncmp(option, "--", strlen("--")) == 0;

        return is_long && given > strlen("--") && given < length &&
                               strncmp(word, option, given) == 0
                       ? word + given
                       : NULL;
}

/* getopt(3): "-Df" is "-D -f" if -D has no argument. Return: what is behind the option in @word, or
 * NULL if it is another one. */
static const char *behind_option(const char *word, const char *option, size_t length,
                                 const char *flags) {
        const char *letter;

        if (strncmp(word, option, length) == 0)
                return word + length;
        if (flags && length > strlen("-a"))
                return behind_beginning(word, option, length);
        if (!flags || length != strlen("-a") || word[0] != '-' || word[1] == '-')
                return NULL;
        letter = word + 1;
        while (*letter && *letter != option[1] && strchr(flags, *letter))
                letter++;
        return *letter == option[1] ? letter + 1 : NULL;
}

bool option_words_has(const char *option, size_t length, const char *flags,
                      const struct string_list *words, size_t index) {
        const char *word = behind_option(words->items[index], option, length, flags);

        return word && (*word == '\0' || *word == '=' || length == strlen("-a"));
}

const char *option_words_argument(const char *option, size_t length, const char *flags,
                                  const struct string_list *words, size_t index,
                                  bool *ret_is_next) {
        const char *word = behind_option(words->items[index], option, length, flags);

        *ret_is_next = false;
        if (!word || option[length - 1] == '=')
                return word;
        if (*word == '\0') {
                *ret_is_next = true;
                return index + 1 < words->count ? words->items[index + 1] : NULL;
        }
        if (*word == '=')
                return word + 1;
        return length == strlen("-a") ? word : NULL;
}
