/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/check.h"

#include "show/closest-unit.h"
#include "show/columns.h"

#include <string.h>

/* DAD ends, and a carrier may come. */
static bool may_become_ready(const char *state) {
        return strcmp(state, "ready") == 0 || strcmp(state, "tentative") == 0 ||
               strcmp(state, "no-carrier") == 0;
}

static bool check_addresses(const struct plan_entry *entry) {
        const struct address_list *list = &entry->decision.addresses;
        bool any = false;

        for (size_t i = 0; entry->states && i < list->count; i++) {
                const struct address *address = &list->items[i];
                char pattern[PATTERN_STRING_SIZE];

                if (may_become_ready(entry->states[i]))
                        continue;
                print_text("%s: %s is %s", entry->service->unit.name,
                           pattern_format(&address->pattern, pattern), entry->states[i]);
                if (address->line > 0)
                        print_text(" (%s:%u)\n", address->file, address->line);
                else
                        print_text(" (%s)\n", address->file);
                any = true;
        }
        return any;
}

static bool check_unit(const struct plan *plan, const struct plan_entry *entry) {
        const char *name = entry->service->unit.name, *closest;
        const struct assignment *local = entry->service->local;

        if (entry->decision.verdict != VERDICT_MISSING)
                return false;
        closest = closest_unit_find(plan, name);
        print_text("%s: no such unit (%s:%u)", name, local->file, local->line);
        if (closest)
                print_text(", did you mean %s?", closest);
        print_text("\n");
        return true;
}

static bool check_in_force(const struct plan_entry *entry) {
        static const char *const WHAT[] = {
                [IN_FORCE_NOT_YET] = "has no drop-in yet",
                [IN_FORCE_DIFFERS] = "has a drop-in that differs from its configuration",
                [IN_FORCE_STALE] = "has a drop-in that it no longer needs",
        };

        if (entry->in_force <= IN_FORCE_YES)
                return false;
        print_text("%s: %s, run systemctl daemon-reload\n", entry->service->unit.name,
                   WHAT[entry->in_force]);
        return true;
}

bool check_print(const struct plan *plan) {
        bool any = false;

        if (plan->mask) {
                print_text("%s: systemd does not run dadwait-generator\n", plan->mask);
                return true;
        }
        for (size_t i = 0; i < plan->count; i++) {
                any |= check_unit(plan, &plan->items[i]);
                any |= check_in_force(&plan->items[i]);
                any |= check_addresses(&plan->items[i]);
        }
        for (size_t i = 0; i < plan->stale.count; i++) {
                print_text(
                        "%s: has a drop-in that it no longer needs, run systemctl daemon-reload\n",
                        plan->stale.items[i]);
                any = true;
        }
        return any;
}
