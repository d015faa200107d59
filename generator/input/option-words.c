/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/option-words.h"

#include <string.h>

const char *option_words_argument(const char *option, size_t length,
                                  const struct string_list *words, size_t index,
                                  bool *ret_is_next) {
        const char *word = words->items[index];

        *ret_is_next = false;
        if (strncmp(word, option, length) != 0)
                return NULL;
        word += length;
        if (*word == '\0') {
                *ret_is_next = true;
                return index + 1 < words->count ? words->items[index + 1] : NULL;
        }
        if (*word == '=')
                return word + 1;
        return length == strlen("-a") ? word : NULL;
}
