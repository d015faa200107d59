/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/section-name.h"

#include "common/cleanup.h"

#include <string.h>

/*
 * Braces, and neither of these:
 *
 * - A wildcard, "[php*-fpm.service]". The configuration would no longer say which units there are:
 * all names of units would have to be matched, and the plan could not list a unit that is missing.
 * - A key, as in "[php-fpm.service] Units=…". It would change the settings before it as well, of
 * other files too, so that a section has to be read to its end first; and %i has no value there.
 *
 * With braces each setting has the same effect wherever it is, and "[php8.4-fpm.service]" in a
 * later file adds to it as to any other section.
 */

static int add(const char *name, const char *open, const char *close, const char *word,
               size_t length, struct string_list *ret_names, struct string_list *ret_words) {
        char *section;
        int r;

        if (asprintf(&section, "%.*s%.*s%s", (int)(open - name), name, (int)length, word,
                     close + 1) < 0)
                return -ENOMEM;
        r = string_list_take(ret_names, section);
        return r < 0 ? r : string_list_take(ret_words, strndup(word, length));
}

int section_name_expand(const char *name, struct string_list *ret_names,
                        struct string_list *ret_words) {
        const char *open = strchr(name, '{'), *close = open ? strchr(open, '}') : NULL;
        int r = 0;

        if (!open)
                return string_list_add(ret_names, name);
        if (!close || strpbrk(close + 1, "{}") || strchr(name, '@'))
                return -EINVAL;
        for (const char *word = open + 1; r >= 0 && word <= close;) {
                size_t length = strcspn(word, ",{}");

                if (length == 0 || word[length] == '{')
                        return -EINVAL;
                r = add(name, open, close, word, length, ret_names, ret_words);
                word += length + 1;
        }
        return r;
}
