/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/plan.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "input/private-files.h"
#include "log.h"
#include "plan/mentions.h"
#include "plan/no-address.h"
#include "units/unit-name.h"

#include <string.h>

static void entry_clear(struct plan_entry *entry) {
        decision_clear(&entry->decision);
        free(entry->drop_in);
        free(entry->wait_unit);
        free(entry->states);
        string_list_clear(&entry->config);
        address_list_clear(&entry->not_waited);
        address_list_clear(&entry->mentions);
        *entry = (struct plan_entry){ 0 };
}

/* A definition names the files of several distributions. What cannot be looked up may exist. */
static int find_config(struct tree *tree, struct plan_entry *entry) {
        const struct string_list *config = &entry->decision.config;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < config->count; i++) {
                struct stat st;

                if (tree_stat(tree, config->items[i], &st) != -ENOENT)
                        r = string_list_add(&entry->config, private_files_name(config->items[i]));
        }
        return r;
}

int plan_add(struct plan *plan, struct tree *tree, const struct service *service,
             struct decision *decision, struct address_list *not_waited, char **drop_in,
             char **wait_unit) {
        struct plan_entry entry = {
                .service = service,
                .decision = *decision,
                .drop_in = TAKE_POINTER(*drop_in),
                .wait_unit = TAKE_POINTER(*wait_unit),
                .states = NULL, /* gcc 10 warns otherwise */
                .config = { 0 },
                .not_waited = *not_waited,
                .mentions = { 0 },
        };
        bool is_omitted = decision->verdict == VERDICT_MISSING && !service->local;
        struct plan_entry *added;
        int r = 0;

        *decision = (struct decision){ 0 };
        *not_waited = (struct address_list){ 0 };
        if (!is_omitted)
                r = find_config(tree, &entry);
        if (!is_omitted && r >= 0 && entry.decision.verdict == VERDICT_NO_ADDRESS)
                r = no_address_explain(tree, &entry);
        if (!is_omitted && r >= 0)
                r = array_make_room(plan->items, plan->count);
        if (r < 0)
                log_warning(NULL, 0, "%s is not in the plan: %s.", service->unit.name,
                            strerror(-r));
        if (is_omitted || r < 0) {
                entry_clear(&entry);
                return r;
        }
        plan->items[plan->count] = entry;
        added = &plan->items[plan->count++];
        return mentions_find(tree, service, &added->decision, &added->mentions);
}

typedef bool is_meant_fn(const char *typed, const char *name);

static bool is_meant(is_meant_fn *matches, const char *name, const struct unit *unit) {
        for (size_t i = 0; i < unit->names.count; i++)
                if (matches(name, unit->names.items[i]))
                        return true;
        return matches(name, unit->name);
}

/* The unit of a name; or the instances of a template if there is none: on Debian 12 the unit that
 * listens is postfix@-.service, for people it is postfix. NULL: there are none either. */
static is_meant_fn *find_match(const struct plan *plan, const char *name) {
        is_meant_fn *const matches[] = { unit_name_is_meant, unit_name_is_instance_meant };

        for (size_t m = 0; m < sizeof(matches) / sizeof(matches[0]); m++)
                for (size_t i = 0; i < plan->count; i++)
                        if (is_meant(matches[m], name, &plan->items[i].service->unit))
                                return matches[m];
        return NULL;
}

bool plan_name_may_mean(const char *name, const struct unit *unit) {
        return is_meant(unit_name_is_meant, name, unit) ||
               is_meant(unit_name_is_instance_meant, name, unit);
}

/* A shipped definition switches off what no person needs to know of: "postfix@postfix.service" is
 * what a template makes of /etc/postfix. */
static bool is_of_interest(const struct plan_entry *entry) {
        return entry->decision.verdict != VERDICT_OFF ||
               !assignment_is_shipped(entry->service->settings.last_enable);
}

bool plan_has_unit(const struct plan *plan, const char *name) {
        return find_match(plan, name) == unit_name_is_meant;
}

bool plan_has_name(const struct plan *plan, const char *name) {
        return find_match(plan, name);
}

static void choose(struct plan *plan, const char *name) {
        is_meant_fn *matches = find_match(plan, name);

        for (size_t i = 0; matches && i < plan->count; i++) {
                struct plan_entry *entry = &plan->items[i];

                entry->is_chosen |= is_meant(matches, name, &entry->service->unit) &&
                                    (matches == unit_name_is_meant || is_of_interest(entry));
        }
}

void plan_select(struct plan *plan, char *const *names, size_t count) {
        size_t kept = 0;

        for (size_t i = 0; i < count; i++)
                choose(plan, names[i]);
        for (size_t i = 0; i < plan->count; i++) {
                struct plan_entry *entry = &plan->items[i];

                if (count > 0 ? entry->is_chosen : is_of_interest(entry))
                        plan->items[kept++] = *entry;
                else
                        entry_clear(entry);
        }
        plan->count = kept;
        if (count == 0)
                return;
        plan->is_selected = true;
        socket_plan_clear(&plan->sockets);
        string_list_clear(&plan->stale);
}

void plan_clear(struct plan *plan) {
        for (size_t i = 0; i < plan->count; i++)
                entry_clear(&plan->items[i]);
        socket_plan_clear(&plan->sockets);
        unknown_unit_list_clear(&plan->unknown_units);
        string_list_clear(&plan->stale);
        free(plan->items);
        *plan = (struct plan){ 0 };
}
