/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/closest-unit.h"

#include "common/cleanup.h"
#include "config/advice.h"

#include <stdlib.h>

const char *closest_unit_find(const struct plan *plan, const char *name) {
        CLEANUP(freep) const char **names = calloc(plan->count + 1, sizeof(*names));
        size_t count = 0;

        for (size_t i = 0; names && i < plan->count; i++)
                if (plan->items[i].decision.verdict != VERDICT_MISSING)
                        names[count++] = plan->items[i].service->unit.name;
        return names ? advice_closest(name, names, count) : NULL;
}
