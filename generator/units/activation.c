/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/activation.h"

#include "common/cleanup.h"
#include "units/unit-name-list.h"

#include <string.h>

static bool is_dependency(const char *key) {
        static const char *const KEYS[] = { "Wants", "Requires", "Requisite", "BindsTo",
                                            "Upholds" };

        for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
                if (strcmp(key, KEYS[i]) == 0)
                        return true;
        return false;
}

static int parse_unit(const struct unit_assignment *assignment, struct activation *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r = unit_name_list_add(assignment->value, assignment->instance, &names);

        if (r < 0 || names.count != 1)
                return r;
        free(ret->unit);
        ret->unit = TAKE_POINTER(names.items[0]);
        return 0;
}

/* systemd.unit(5): an empty assignment does not reset dependencies. */
int activation_parse(const struct unit_assignment *assignment, struct activation *ret) {
        const char *section = assignment->section;

        if (strcmp(section, "Unit") == 0)
                return is_dependency(assignment->key)
                               ? unit_name_list_add(assignment->value, assignment->instance,
                                                    &ret->names)
                               : 0;
        if (strcmp(assignment->key, "Unit") == 0 &&
            (strcmp(section, "Timer") == 0 || strcmp(section, "Path") == 0))
                return parse_unit(assignment, ret);
        return 0;
}

void activation_clear(struct activation *activation) {
        string_list_clear(&activation->names);
        free(activation->unit);
        *activation = (struct activation){ 0 };
}
