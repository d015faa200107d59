/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-hook.h"

#include "common/cleanup.h"

#include <string.h>

int unit_hook_parse(const struct unit_assignment *assignment, const char *key,
                    struct unit_hook *ret) {
        bool resets = assignment->value[0] == '\0';

        if (!assignment->is_behind || strcmp(assignment->section, "Service") != 0 ||
            strcmp(assignment->key, key) != 0)
                return 0;
        if (!ret->file || (resets && !ret->resets)) {
                free(ret->file);
                ret->file = strdup(assignment->file);
                if (!ret->file)
                        return -ENOMEM;
        }
        ret->resets |= resets;
        return 0;
}

void unit_hook_clear(struct unit_hook *hook) {
        free(hook->file);
        *hook = (struct unit_hook){ 0 };
}
