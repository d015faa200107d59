/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-name-list.h"

#include "common/cleanup.h"
#include "input/command-line-words.h"

#include <string.h>

int unit_name_list_add(const char *text, const char *instance, struct string_list *ret) {
        static const char BLANKS[] = " \t\r\n";

        for (text += strspn(text, BLANKS); *text; text += strspn(text, BLANKS)) {
                size_t length = strcspn(text, BLANKS);
                CLEANUP(freep) char *name = strndup(text, length);

                if (!name)
                        return -ENOMEM;
                if (!strpbrk(name, "\"'") && command_line_words_add(name, instance, ret) < 0)
                        return -ENOMEM;
                text += length;
        }
        return 0;
}
