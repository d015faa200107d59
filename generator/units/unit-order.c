/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-order.h"

#include "common/cleanup.h"
#include "units/early-units.h"
#include "units/unit-name-list.h"
#include "units/unit-name.h"

#include <string.h>

static int parse_before(const struct unit_assignment *assignment, struct unit_order *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r;

        r = unit_name_list_add(assignment->value, assignment->instance, &names);
        for (size_t i = 0; r >= 0 && i < names.count && !ret->early_unit; i++)
                if (unit_name_is_valid(names.items[i]) && early_unit(names.items[i]))
                        ret->early_unit = TAKE_POINTER(names.items[i]);
        return r;
}

int unit_order_parse(const struct unit_assignment *assignment, struct unit_order *ret) {
        if (strcmp(assignment->section, "Unit") != 0)
                return 0;
        if (strcmp(assignment->key, "Before") == 0)
                return parse_before(assignment, ret);
        if (strcmp(assignment->key, "DefaultDependencies") == 0)
                unit_assignment_boolean(assignment, &ret->default_dependencies);
        return 0;
}

int unit_order_is_early(const struct unit_order *order, char **ret) {
        const char *cause = order->early_unit              ? order->early_unit
                            : !order->default_dependencies ? "DefaultDependencies=no"
                                                           : NULL;

        *ret = cause ? strdup(cause) : NULL;
        return cause && !*ret ? -ENOMEM : 0;
}

void unit_order_clear(struct unit_order *order) {
        free(order->early_unit);
}
