/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/expansion.h"

#include "common/cleanup.h"
#include "formats/shell/environment.h"

#include <string.h>

int expansion_apply(struct expansion *expansion, const char *text, char **ret) {
        CLEANUP(freep) char *expanded = NULL;

        if (expansion->environment.count == 0) {
                *ret = strdup(text);
                return *ret ? 0 : -ENOMEM;
        }
        expanded = environment_expand(text, &expansion->environment);
        if (!expanded)
                return -ENOMEM;
        expansion->spent += strlen(expanded);
        if (expansion->spent > EXPANSION_BUDGET)
                return -EDQUOT;
        *ret = TAKE_POINTER(expanded);
        return 0;
}

void expansion_clear(struct expansion *expansion) {
        string_list_clear(&expansion->environment);
        *expansion = (struct expansion){ 0 };
}
