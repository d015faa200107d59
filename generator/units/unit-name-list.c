/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-name-list.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "input/command-line-words.h"

#include <string.h>

int unit_name_list_add(const char *text, const char *instance, struct string_list *ret) {
        for (text += strspn(text, SYSTEMD_WHITESPACE); *text;
             text += strspn(text, SYSTEMD_WHITESPACE)) {
                size_t length = strcspn(text, SYSTEMD_WHITESPACE);
                CLEANUP(freep) char *name = strndup(text, length);

                if (!name)
                        return -ENOMEM;
                if (!strpbrk(name, "\"'") && command_line_words_add(name, instance, ret) < 0)
                        return -ENOMEM;
                text += length;
        }
        return 0;
}
