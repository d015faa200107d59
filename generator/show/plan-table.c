/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/print-plan.h"

#include "common/timespan.h"
#include "common/wait-unit-prefix.h"
#include "output/drop-in-name.h"
#include "show/closest-unit.h"
#include "show/plan-notes.h"

#include <stdio.h>
#include <string.h>

static const char *state_colour(const char *state) {
        if (strcmp(state, "ready") == 0)
                return GREEN;
        return strcmp(state, "tentative") == 0 ? YELLOW : RED;
}

static void print_addresses(const struct table *table, const struct plan_entry *entry) {
        const struct address_list *list = &entry->decision.addresses;

        for (size_t i = 0; i < list->count; i++) {
                const char *state = entry->states ? entry->states[i] : "";
                char pattern[PATTERN_STRING_SIZE];

                table_print_cell(table, COLUMN_UNIT, "", i == 0 ? entry->service->unit.name : "");
                table_print_cell(table, COLUMN_ADDRESS, "",
                                 pattern_format(&list->items[i].pattern, pattern));
                table_print_cell(table, COLUMN_STATE, state_colour(state), state);
                table_print_origin(table, &list->items[i]);
        }
}

static void measure_patterns(struct table *table, const struct address_list *list) {
        char pattern[PATTERN_STRING_SIZE];

        for (size_t i = 0; i < list->count; i++)
                table_widen(table, COLUMN_ADDRESS,
                            pattern_format(&list->items[i].pattern, pattern));
}

static void measure(struct table *table, const struct plan *plan, const struct plan_entry *entry) {
        const struct address_list *list = &entry->decision.addresses;

        table_widen(table, COLUMN_UNIT, entry->service->unit.name);
        if (entry->decision.program && entry->service->settings.last_format)
                table_widen(table, COLUMN_PROGRAM, entry->decision.program);
        measure_patterns(table, &entry->decision.ignored);
        measure_patterns(table, &entry->mentions);
        if (plan->is_selected)
                measure_patterns(table, &entry->not_waited);
        if (entry->decision.verdict != VERDICT_WAIT)
                return;
        measure_patterns(table, list);
        for (size_t i = 0; entry->states && i < list->count; i++) {
                table_widen(table, COLUMN_STATE, "STATE");
                table_widen(table, COLUMN_STATE, entry->states[i]);
        }
}

/* A drop-in without its comments. */
static void print_settings(const char *text) {
        for (const char *line = text; *line;) {
                size_t length = strcspn(line, "\n");

                if (*line != '#')
                        print_text("        %.*s\n", (int)length, line);
                line += length + (line[length] == '\n');
        }
}

/* What the administrator has set, and where. */
static void print_set(const struct settings *settings) {
        for (size_t i = 0; i < SETTINGS; i++)
                if (settings->set[i] && !assignment_is_shipped(settings->set[i]))
                        print_text("        (%s=%s in %s:%u)\n", settings->set[i]->key,
                                   settings->set[i]->value, settings->set[i]->file,
                                   settings->set[i]->line);
}

static void print_drop_in(const struct plan_entry *entry) {
        char timeout[TIMESPAN_STRING_SIZE], start[TIMESPAN_STRING_SIZE];
        const struct decision *decision = &entry->decision;

        print_text("%s.d/" DROP_IN_NAME ", to wait up to %s", entry->service->unit.name,
                   timespan_format(decision->timeout_usec, timeout));
        if (decision->start_timeout_usec > 0)
                print_text(" (shortened: the unit's start timeout is %s)",
                           timespan_format(decision->start_timeout_usec, start));
        if (entry->wait_unit)
                print_text(" in a unit of its own (%s)", decision->cause);
        print_text("%s\n", entry->service->settings.fail_on_timeout ? ", and then to fail" : "");
        print_set(&entry->service->settings);
        print_settings(entry->drop_in);
        if (entry->wait_unit)
                printf(WAIT_UNIT_PREFIX "%s\n        %s", entry->service->unit.name,
                       strstr(entry->wait_unit, "ExecStart="));
}

static void print_missing(const struct plan *plan, const struct service *service) {
        const struct assignment *local = service->local;
        const char *closest = closest_unit_find(plan, service->unit.name);

        print_text("unit not found, [%s] in %s:%u", local->section, local->file, local->line);
        if (closest)
                print_text(", did you mean %s?", closest);
        print_text("\n");
}

static void print_switched_off(const struct assignment *by) {
        print_text("switched off in %s:%u, [%s] Enable=%s\n", by->file, by->line, by->section,
                   by->value);
}

/* Why a service does not wait. */
static void print_reason(const struct plan *plan, const struct plan_entry *entry) {
        /* What to print before and after the cause. */
        static const char *const REASONS[][2] = {
                [VERDICT_MASKED] = { "masked by ", "" },
                [VERDICT_NO_ADDRESS] = { "", "" },
                [VERDICT_IGNORED] = { "every address it listens on is ignored, see ", "" },
                [VERDICT_BEFORE_NETWORK] = { "cannot wait: it starts before the network is "
                                             "configured (",
                                             ")" },
                [VERDICT_SOCKET] = { "need not wait: activated by ", "" },
                [VERDICT_REPLACED] = { "the drop-in is masked or replaced by ", "" },
                [VERDICT_RESET] = { "the wait is removed by ",
                                    ", which empties the list of commands" },
                [VERDICT_OWN_NETWORK] = { "need not wait: ",
                                          ", so it has none of this machine's addresses" },
                [VERDICT_JOB_TIMEOUT] = { "",
                                          " could expire during the wait; to wait all the same, "
                                          "set Enable=yes in its section" },
                [VERDICT_NO_PLACE] = { "cannot wait: neither in its unit (",
                                       ") nor in a unit of its own" },
        };
        const struct decision *decision = &entry->decision;

        if (decision->verdict == VERDICT_MISSING)
                print_missing(plan, entry->service);
        else if (decision->verdict == VERDICT_OFF)
                print_switched_off(entry->service->settings.last_enable);
        else if (decision->verdict == VERDICT_NO_ADDRESS && decision->addresses.unknown_count > 0)
                print_text("%s, see below\n", decision->cause);
        else
                print_text("%s%s%s\n", REASONS[decision->verdict][0],
                           decision->cause ? decision->cause : "", REASONS[decision->verdict][1]);
}

static void print_drop_ins(const struct table *table, const struct plan *plan,
                           enum in_force in_force, const char *title) {
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct plan_entry *entry = &plan->items[i];

                if (entry->decision.verdict != VERDICT_WAIT || entry->in_force != in_force)
                        continue;
                if (!any) {
                        printf("\n");
                        table_print_title(table, title);
                }
                any = true;
                print_drop_in(entry);
        }
}

/* Drop-ins that are in force although nothing would be written. */
static void print_stale(const struct table *table, const struct plan *plan) {
        bool any = plan->stale.count > 0;

        for (size_t i = 0; i < plan->count; i++)
                any |= plan->items[i].in_force == IN_FORCE_STALE;
        if (!any)
                return;
        printf("\n");
        table_print_title(table, "STILL IN FORCE, RUN systemctl daemon-reload TO REMOVE IT");
        for (size_t i = 0; i < plan->count; i++)
                if (plan->items[i].in_force == IN_FORCE_STALE)
                        print_text("%s.d/" DROP_IN_NAME "\n", plan->items[i].service->unit.name);
        for (size_t i = 0; i < plan->stale.count; i++)
                print_text("%s.d/" DROP_IN_NAME "\n", plan->stale.items[i]);
}

static void print_waiting(struct table *table, const struct plan *plan) {
        table_print_cell(table, COLUMN_UNIT, BOLD, "UNIT");
        table_print_cell(table, COLUMN_ADDRESS, BOLD, "ADDRESS");
        table_print_cell(table, COLUMN_STATE, BOLD, "STATE");
        table_print_title(table, "FOUND IN");
        for (size_t i = 0; i < plan->count; i++)
                if (plan->items[i].decision.verdict == VERDICT_WAIT)
                        print_addresses(table, &plan->items[i]);

        print_drop_ins(table, plan, IN_FORCE_UNKNOWN, "WILL BE WRITTEN");
        print_drop_ins(table, plan, IN_FORCE_DENIED,
                       "NOT COMPARED WITH WHAT IS IN FORCE, RUN IT AS ROOT");
        print_drop_ins(table, plan, IN_FORCE_YES, "IN FORCE");
        print_drop_ins(table, plan, IN_FORCE_NOT_YET, "NOT IN FORCE, RUN systemctl daemon-reload");
        print_drop_ins(table, plan, IN_FORCE_DIFFERS,
                       "DIFFERS FROM WHAT IS IN FORCE, RUN systemctl daemon-reload");
}

static void print_others(struct table *table, const struct plan *plan) {
        table_print_title(table, "WITHOUT A DROP-IN");
        for (size_t i = 0; i < plan->count; i++) {
                if (plan->items[i].decision.verdict == VERDICT_WAIT)
                        continue;
                table_print_cell(table, COLUMN_UNIT, "", plan->items[i].service->unit.name);
                print_reason(plan, &plan->items[i]);
        }
}

void plan_print(const struct plan *plan) {
        struct table table;
        size_t waiting = 0;

        table_init(&table);
        table_widen(&table, COLUMN_UNIT, "UNIT");
        table_widen(&table, COLUMN_PROGRAM, "PROGRAM");
        table_widen(&table, COLUMN_ADDRESS, "ADDRESS");
        for (size_t i = 0; i < plan->count; i++) {
                measure(&table, plan, &plan->items[i]);
                waiting += plan->items[i].decision.verdict == VERDICT_WAIT;
        }
        for (size_t i = 0; i < plan->sockets.count; i++)
                table_widen(&table, COLUMN_UNIT, plan->sockets.items[i]->unit.name);

        for (size_t i = 0; i < plan->unknown_units.count; i++) {
                table_widen(&table, COLUMN_UNIT, plan->unknown_units.items[i].name);
                measure_patterns(&table, &plan->unknown_units.items[i].addresses);
        }

        if (plan->mask)
                printf("Nothing of this takes effect: systemd does not run the generator, because "
                       "of\n%s.\n\n",
                       plan->mask);
        if (waiting > 0)
                print_waiting(&table, plan);
        if (waiting > 0 && waiting < plan->count)
                printf("\n");
        if (waiting < plan->count)
                print_others(&table, plan);
        if (plan->count == 0 && !plan->is_selected)
                printf("No known service is installed.\n");
        print_stale(&table, plan);
        plan_print_known(&table, plan);
        plan_print_ignored(&table, plan);
        plan_print_not_waited(&table, plan);
        plan_print_unknown(&table, plan);
        plan_print_mentions(&table, plan);
        plan_print_unknown_units(&table, plan);
        plan_print_late_mounts(&table, plan);
        plan_print_sockets(&table, &plan->sockets);
}
