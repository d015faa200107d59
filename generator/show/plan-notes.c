/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/plan-notes.h"

#include "plan/not-waited.h"

#include <stdio.h>

/* The configuration that says what the unit listens on. */
static void print_config(const struct plan_entry *entry) {
        const struct decision *decision = &entry->decision;

        for (size_t i = 0; i < entry->config.count; i++)
                print_text("%s%s", i == 0 ? "; reads " : ", ", entry->config.items[i]);
        if (decision->config_is_of_command && entry->config.count > 0)
                printf(" (ExecStart=)");
        printf("\n");
}

/* By which program or section a unit is known, and what is read for it. */
void plan_print_known(const struct table *table, const struct plan *plan) {
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct plan_entry *entry = &plan->items[i];
                const struct assignment *format = entry->service->settings.last_format;
                const struct assignment *known = service_known_by(entry->service);

                if (!known || entry->decision.verdict == VERDICT_MISSING)
                        continue;
                if (!any) {
                        printf("\n");
                        table_print_cell(table, COLUMN_UNIT, BOLD, "UNIT");
                        table_print_cell(table, COLUMN_PROGRAM, BOLD, "PROGRAM");
                        table_print_title(table, "KNOWN BY");
                }
                any = true;
                table_print_cell(table, COLUMN_UNIT, "", entry->service->unit.name);
                table_print_cell(table, COLUMN_PROGRAM, "",
                                 entry->decision.program ? entry->decision.program : "-");
                if (known == format)
                        print_text("[%s] in %s", known->section, known->file);
                else
                        print_text("%s=%s in %s", known->key, known->value, known->file);
                print_config(entry);
        }
}

void plan_print_ignored(const struct table *table, const struct plan *plan) {
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct plan_entry *entry = &plan->items[i];
                const struct address_list *list = &entry->decision.ignored;

                for (size_t k = 0; k < list->count; k++) {
                        const struct address *address = &list->items[k];
                        const struct address *by = address_list_find_ignoring(
                                &entry->service->settings.ignored, &address->pattern);
                        char pattern[PATTERN_STRING_SIZE];

                        if (!any) {
                                printf("\n");
                                table_print_title(table, "IGNORED");
                        }
                        any = true;
                        table_print_cell(table, COLUMN_UNIT, "", entry->service->unit.name);
                        table_print_cell(table, COLUMN_ADDRESS, "",
                                         pattern_format(&address->pattern, pattern));
                        print_text("%s", address->file);
                        if (address->line > 0)
                                print_text(":%u", address->line);
                        print_text(", by %s in %s:%u\n", by->text, by->file, by->line);
                }
        }
}

static void print_not_waited(const struct plan_entry *entry, const struct address *address) {
        static const char *const REASONS[] = {
                [NOT_WAITED_ANY] = "it stands for all addresses, so it can always be bound",
                [NOT_WAITED_LOOPBACK] = "it is loopback, so it can always be bound",
                [NOT_WAITED_MULTICAST] = "it is multicast, so it can always be bound",
                [NOT_WAITED_BROADCAST] = "it is broadcast, so it can always be bound",
        };
        enum not_waited why = not_waited_why(&address->pattern);
        const struct assignment *families = entry->service->settings.set[SETTING_FAMILIES];

        print_text("%s", address->file);
        if (address->line > 0)
                printf(":%u", address->line);
        if (why != NOT_WAITED_FAMILY)
                printf(", %s\n", REASONS[why]);
        else if (families)
                print_text(", left out by Families=%s in %s:%u\n", families->value, families->file,
                           families->line);
        else
                printf(", nothing waits for IPv4 without Families=ipv6 ipv4\n");
}

void plan_print_not_waited(const struct table *table, const struct plan *plan) {
        bool any = false;

        for (size_t i = 0; plan->is_selected && i < plan->count; i++) {
                const struct plan_entry *entry = &plan->items[i];

                for (size_t k = 0; k < entry->not_waited.count; k++) {
                        const struct address *address = &entry->not_waited.items[k];
                        char pattern[PATTERN_STRING_SIZE];

                        if (!any) {
                                printf("\n");
                                table_print_title(table, "NOT WAITED FOR");
                        }
                        any = true;
                        table_print_cell(table, COLUMN_UNIT, "", entry->service->unit.name);
                        table_print_cell(table, COLUMN_ADDRESS, "",
                                         pattern_format(&address->pattern, pattern));
                        print_not_waited(entry, address);
                }
        }
}

static void print_unknown(const struct table *table, const char *unit,
                          const struct unknown_address *unknown) {
        table_print_cell(table, COLUMN_UNIT, "", unit);
        print_text("%s:%u  %s%s%s\n", unknown->file, unknown->line, unknown->text,
                   unknown->text[0] ? ": " : "", unknown->reason);
}

static void print_all_unknown(const struct table *table, const struct plan *plan, bool mistyped,
                              const char *title) {
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct address_list *list = &plan->items[i].decision.addresses;

                for (size_t k = 0; k < list->unknown_count; k++) {
                        if (list->unknown[k].is_mistyped != mistyped)
                                continue;
                        if (!any) {
                                printf("\n");
                                table_print_title(table, title);
                        }
                        any = true;
                        print_unknown(table, plan->items[i].service->unit.name, &list->unknown[k]);
                }
        }
}

void plan_print_unknown(const struct table *table, const struct plan *plan) {
        print_all_unknown(table, plan, false, "NOT KNOWN, SET Address= FOR THEM");
        print_all_unknown(table, plan, true, "MISTYPED, THE SERVICE CANNOT BIND THEM");
}

void plan_print_mentions(const struct table *table, const struct plan *plan) {
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct address_list *list = &plan->items[i].mentions;

                for (size_t k = 0; k < list->count; k++) {
                        char pattern[PATTERN_STRING_SIZE];

                        if (!any) {
                                printf("\n");
                                table_print_title(
                                        table, "NOT READ, BUT LOOKS LIKE AN ADDRESS TO LISTEN ON");
                        }
                        any = true;
                        table_print_cell(table, COLUMN_UNIT, "", plan->items[i].service->unit.name);
                        table_print_cell(table, COLUMN_ADDRESS, "",
                                         pattern_format(&list->items[k].pattern, pattern));
                        table_print_origin(table, &list->items[k]);
                }
        }
        if (any)
                printf("For those that the service binds, set Address= in its section of "
                       "/etc/dadwait.conf;\n"
                       "for the others, IgnoreAddress=.\n");
}

void plan_print_unknown_units(const struct table *table, const struct plan *plan) {
        const struct unknown_unit_list *units = &plan->unknown_units;

        if (units->count == 0)
                return;
        printf("\n");
        table_print_title(table, "NOT KNOWN, BUT WITH AN ADDRESS ON THE COMMAND LINE");
        for (size_t i = 0; i < units->count; i++) {
                const struct address_list *list = &units->items[i].addresses;

                for (size_t k = 0; k < list->count; k++) {
                        char pattern[PATTERN_STRING_SIZE];

                        table_print_cell(table, COLUMN_UNIT, "", units->items[i].name);
                        table_print_cell(table, COLUMN_ADDRESS, "",
                                         pattern_format(&list->items[k].pattern, pattern));
                        table_print_origin(table, &list->items[k]);
                }
        }
        printf("If such a unit listens on its address, write a section [UNIT.service] with Address= into\n"
               "/etc/dadwait.conf.\n");
}

void plan_print_late_mounts(const struct table *table, const struct plan *plan) {
        bool any = false, cure = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct decision *decision = &plan->items[i].decision;

                if (!decision->late_mount)
                        continue;
                if (!any) {
                        printf("\n");
                        table_print_title(table, "CONFIGURATION THAT IS MOUNTED LATER");
                }
                any = true;
                cure |= !decision->is_awaited;
                table_print_cell(table, COLUMN_UNIT, "", plan->items[i].service->unit.name);
                print_text("%s, %s\n", decision->late_mount,
                           decision->is_awaited ? "read by dadwait-after-mounts.service"
                                                : "not mounted yet when the machine boots");
        }
        if (cure)
                printf("To read it in time, if it is a local file system:\n"
                       "        systemctl enable dadwait-after-mounts.service\n"
                       "Otherwise, once it is mounted:\n"
                       "        systemctl daemon-reload\n");
}

void plan_print_sockets(const struct table *table, const struct socket_plan *sockets) {
        if (sockets->count == 0)
                return;
        printf("\n");
        table_print_title(table, "SOCKETS THAT CANNOT WAIT");
        for (size_t i = 0; i < sockets->count; i++) {
                const struct socket_unit *socket = sockets->items[i];
                const struct shown_setting *address = socket_plan_address(sockets, socket);

                table_print_cell(table, COLUMN_UNIT, "", socket->unit.name);
                print_text("%s  %s\n", address->file, address->text);
        }
        if (sockets->wanted)
                printf("FreeBind=yes will be set for them.\n");
        else
                printf("To let them bind at once, set FreeBind=yes in section [sockets] of "
                       "/etc/dadwait.conf.\n");
}
