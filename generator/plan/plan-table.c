/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/plan.h"

#include "common/text.h"
#include "common/timespan.h"
#include "common/wait-unit-prefix.h"
#include "output/drop-in-name.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/param.h>
#include <unistd.h>

enum { TEXT_MAX = 80, TEXT_MIN = 12 };

enum column { COLUMN_UNIT, COLUMN_PROGRAM, COLUMN_ADDRESS, COLUMN_STATE, COLUMNS };

static const char BOLD[] = "\033[1m";
static const char RED[] = "\033[31m";
static const char GREEN[] = "\033[32m";
static const char YELLOW[] = "\033[33m";
static const char NORMAL[] = "\033[m";

struct table {
        int width[COLUMNS]; /* 0: no such column */
        int line;           /* width of the terminal; 0: unlimited */
        bool coloured;
};

static int terminal_width(void) {
        struct winsize size;

        return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 ? 0 : size.ws_col;
}

static void widen(struct table *table, enum column column, const char *text) {
        int width = (int)strlen(text);

        if (width > table->width[column])
                table->width[column] = width;
}

static void print_cell(const struct table *table, enum column column, const char *colour,
                       const char *text) {
        if (table->width[column] == 0)
                return;
        if (!table->coloured)
                colour = "";
        printf("%s%s%s%*s", colour, text, *colour ? NORMAL : "",
               table->width[column] - (int)strlen(text) + 2, "");
}

static const char *state_colour(const char *state) {
        if (strcmp(state, "ready") == 0)
                return GREEN;
        return strcmp(state, "tentative") == 0 ? YELLOW : RED;
}

/* How many columns are left for the text of an address, so that its row fits the terminal. The text
 * is cut before anything else: file and line are where to find it. */
static int room_for_text(const struct table *table, const char *place) {
        int room = table->line - (int)strlen(place) - 2;

        if (table->line == 0)
                return TEXT_MAX;
        for (size_t i = 0; i < COLUMNS; i++) /* PROGRAM is in another part of the plan */
                if (i != COLUMN_PROGRAM && table->width[i] > 0)
                        room -= table->width[i] + 2;
        return room < TEXT_MIN ? 0 : MIN(room, (int)TEXT_MAX);
}

/* File and line where an address was found, and the text there. */
static void print_origin(const struct table *table, const struct address *address) {
        char place[PATH_MAX + sizeof(":4294967295")], origin[sizeof(place) + TEXT_MAX + 8];
        char number[sizeof(":4294967295")] = "";
        int room;

        if (address->line > 0)
                (void)snprintf(number, sizeof(number), ":%u", address->line);
        (void)snprintf(place, sizeof(place), "%s%s", address->file, number);
        room = room_for_text(table, place);
        if (room == 0)
                (void)snprintf(origin, sizeof(origin), "%s", place);
        else if (strlen(address->text) <= (size_t)room)
                (void)snprintf(origin, sizeof(origin), "%s  %s", place, address->text);
        else
                (void)snprintf(origin, sizeof(origin), "%s  %.*s...", place, room - 3,
                               address->text);
        text_make_printable(origin);
        printf("%s\n", origin);
}

static void print_addresses(const struct table *table, const struct plan_entry *entry) {
        const struct address_list *list = &entry->decision.addresses;

        for (size_t i = 0; i < list->count; i++) {
                const char *state = entry->states ? entry->states[i] : "";
                char pattern[PATTERN_STRING_SIZE];

                print_cell(table, COLUMN_UNIT, "", i == 0 ? entry->service->unit.name : "");
                print_cell(table, COLUMN_ADDRESS, "",
                           pattern_format(&list->items[i].pattern, pattern));
                print_cell(table, COLUMN_STATE, state_colour(state), state);
                print_origin(table, &list->items[i]);
        }
}

static void measure(struct table *table, const struct plan_entry *entry) {
        const struct address_list *list = &entry->decision.addresses;
        char pattern[PATTERN_STRING_SIZE];

        widen(table, COLUMN_UNIT, entry->service->unit.name);
        if (entry->decision.program && entry->service->settings.last_format)
                widen(table, COLUMN_PROGRAM, entry->decision.program);
        for (size_t i = 0; i < entry->mentions.count; i++)
                widen(table, COLUMN_ADDRESS,
                      pattern_format(&entry->mentions.items[i].pattern, pattern));
        if (entry->decision.verdict != VERDICT_WAIT)
                return;
        for (size_t i = 0; i < list->count; i++) {
                widen(table, COLUMN_ADDRESS, pattern_format(&list->items[i].pattern, pattern));
                if (entry->states) {
                        widen(table, COLUMN_STATE, "STATE");
                        widen(table, COLUMN_STATE, entry->states[i]);
                }
        }
}

/* A drop-in without its comments. */
static void print_settings(const char *text) {
        for (const char *line = text; *line;) {
                size_t length = strcspn(line, "\n");

                if (*line != '#')
                        printf("        %.*s\n", (int)length, line);
                line += length + (line[length] == '\n');
        }
}

static void print_drop_in(const struct plan_entry *entry) {
        char timeout[TIMESPAN_STRING_SIZE], start[TIMESPAN_STRING_SIZE];
        const struct decision *decision = &entry->decision;

        printf("%s.d/" DROP_IN_NAME ", to wait up to %s", entry->service->unit.name,
               timespan_format(decision->timeout_usec, timeout));
        if (decision->start_timeout_usec > 0)
                printf(" (shortened: the unit's start timeout is %s)",
                       timespan_format(decision->start_timeout_usec, start));
        if (entry->wait_unit)
                printf(" in a unit of its own (%s)", decision->cause);
        printf("\n");
        print_settings(entry->drop_in);
        if (entry->wait_unit)
                printf(WAIT_UNIT_PREFIX "%s\n        %s", entry->service->unit.name,
                       strstr(entry->wait_unit, "ExecStart="));
}

static void print_missing(const struct service *service) {
        const struct assignment *local = service->local;

        printf("unit not found, [%s] in %s:%u\n", local->section, local->file, local->line);
}

static void print_switched_off(const struct assignment *by) {
        printf("switched off in %s:%u, [%s] Enable=%s\n", by->file, by->line, by->section,
               by->value);
}

/* Why a service does not wait. */
static void print_reason(const struct plan_entry *entry) {
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
                print_missing(entry->service);
        else if (decision->verdict == VERDICT_OFF)
                print_switched_off(entry->service->settings.last_enable);
        else if (decision->verdict == VERDICT_NO_ADDRESS && decision->addresses.unknown_count > 0)
                printf("what it listens on is not known, see below\n");
        else
                printf("%s%s%s\n", REASONS[decision->verdict][0],
                       decision->cause ? decision->cause : "", REASONS[decision->verdict][1]);
}

static void print_title(const struct table *table, const char *title) {
        printf("%s%s%s\n", table->coloured ? BOLD : "", title, table->coloured ? NORMAL : "");
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
                        print_title(table, title);
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
        print_title(table, "STILL IN FORCE, RUN systemctl daemon-reload TO REMOVE IT");
        for (size_t i = 0; i < plan->count; i++)
                if (plan->items[i].in_force == IN_FORCE_STALE)
                        printf("%s.d/" DROP_IN_NAME "\n", plan->items[i].service->unit.name);
        for (size_t i = 0; i < plan->stale.count; i++)
                printf("%s.d/" DROP_IN_NAME "\n", plan->stale.items[i]);
}

static void print_waiting(struct table *table, const struct plan *plan) {
        print_cell(table, COLUMN_UNIT, BOLD, "UNIT");
        print_cell(table, COLUMN_ADDRESS, BOLD, "ADDRESS");
        print_cell(table, COLUMN_STATE, BOLD, "STATE");
        print_title(table, "FOUND IN");
        for (size_t i = 0; i < plan->count; i++)
                if (plan->items[i].decision.verdict == VERDICT_WAIT)
                        print_addresses(table, &plan->items[i]);

        print_drop_ins(table, plan, IN_FORCE_UNKNOWN, "WILL BE WRITTEN");
        print_drop_ins(table, plan, IN_FORCE_YES, "IN FORCE");
        print_drop_ins(table, plan, IN_FORCE_NOT_YET, "NOT IN FORCE, RUN systemctl daemon-reload");
        print_drop_ins(table, plan, IN_FORCE_DIFFERS,
                       "DIFFERS FROM WHAT IS IN FORCE, RUN systemctl daemon-reload");
}

static void print_others(struct table *table, const struct plan *plan) {
        print_title(table, "WITHOUT A DROP-IN");
        for (size_t i = 0; i < plan->count; i++) {
                if (plan->items[i].decision.verdict == VERDICT_WAIT)
                        continue;
                print_cell(table, COLUMN_UNIT, "", plan->items[i].service->unit.name);
                print_reason(&plan->items[i]);
        }
}

/* The configuration that says what the unit listens on. */
static void print_config(const struct plan_entry *entry) {
        const struct decision *decision = &entry->decision;

        for (size_t i = 0; i < entry->config.count; i++)
                printf("%s%s", i == 0 ? "; reads " : ", ", entry->config.items[i]);
        if (decision->config_is_of_command && entry->config.count > 0)
                printf(" (ExecStart=)");
        printf("\n");
}

/* By which program or section a unit is known, and what is read for it. */
static void print_known(struct table *table, const struct plan *plan) {
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct plan_entry *entry = &plan->items[i];
                const struct assignment *format = entry->service->settings.last_format;
                const struct assignment *known = service_known_by(entry->service);

                if (!known || entry->decision.verdict == VERDICT_MISSING)
                        continue;
                if (!any) {
                        printf("\n");
                        print_cell(table, COLUMN_UNIT, BOLD, "UNIT");
                        print_cell(table, COLUMN_PROGRAM, BOLD, "PROGRAM");
                        print_title(table, "KNOWN BY");
                }
                any = true;
                print_cell(table, COLUMN_UNIT, "", entry->service->unit.name);
                print_cell(table, COLUMN_PROGRAM, "",
                           entry->decision.program ? entry->decision.program : "-");
                if (known == format)
                        printf("[%s] in %s", known->section, known->file);
                else
                        printf("%s=%s in %s", known->key, known->value, known->file);
                print_config(entry);
        }
}

static void print_unknown(struct table *table, const struct plan *plan) {
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct address_list *list = &plan->items[i].decision.addresses;

                for (size_t k = 0; k < list->unknown_count; k++) {
                        const struct unknown_address *unknown = &list->unknown[k];
                        char text[ADDRESS_TEXT_MAX + 1];

                        if (!any) {
                                printf("\n");
                                print_title(table, "NOT KNOWN, SET Address= FOR THEM");
                        }
                        any = true;
                        (void)snprintf(text, sizeof(text), "%s", unknown->text);
                        text_make_printable(text);
                        print_cell(table, COLUMN_UNIT, "", plan->items[i].service->unit.name);
                        printf("%s:%u  %s%s%s\n", unknown->file, unknown->line, text,
                               text[0] ? ": " : "", unknown->reason);
                }
        }
}

static void print_mentions(struct table *table, const struct plan *plan) {
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct address_list *list = &plan->items[i].mentions;

                for (size_t k = 0; k < list->count; k++) {
                        char pattern[PATTERN_STRING_SIZE];

                        if (!any) {
                                printf("\n");
                                print_title(table,
                                            "NOT READ, BUT LOOKS LIKE AN ADDRESS TO LISTEN ON");
                        }
                        any = true;
                        print_cell(table, COLUMN_UNIT, "", plan->items[i].service->unit.name);
                        print_cell(table, COLUMN_ADDRESS, "",
                                   pattern_format(&list->items[k].pattern, pattern));
                        print_origin(table, &list->items[k]);
                }
        }
        if (any)
                printf("For those that the service binds, set Address= in its section of "
                       "/etc/dadwait.conf;\n"
                       "for the others, IgnoreAddress=.\n");
}

static void print_late_mounts(struct table *table, const struct plan *plan) {
        bool any = false, cure = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct decision *decision = &plan->items[i].decision;

                if (!decision->late_mount)
                        continue;
                if (!any) {
                        printf("\n");
                        print_title(table, "CONFIGURATION THAT IS MOUNTED LATER");
                }
                any = true;
                cure |= !decision->is_awaited;
                print_cell(table, COLUMN_UNIT, "", plan->items[i].service->unit.name);
                printf("%s, %s\n", decision->late_mount,
                       decision->is_awaited ? "read by dadwait-after-mounts.service"
                                            : "not mounted yet when the machine boots");
        }
        if (cure)
                printf("To read it in time, if it is a local file system:\n"
                       "        systemctl enable dadwait-after-mounts.service\n"
                       "Otherwise, once it is mounted:\n"
                       "        systemctl daemon-reload\n");
}

static void print_sockets(struct table *table, const struct socket_plan *sockets) {
        print_title(table, "SOCKETS THAT CANNOT WAIT");
        for (size_t i = 0; i < sockets->count; i++) {
                const struct socket_unit *socket = sockets->items[i];
                const struct shown_setting *address = socket_plan_address(sockets, socket);

                print_cell(table, COLUMN_UNIT, "", socket->unit.name);
                printf("%s  %s\n", address->file, address->text);
        }
        if (sockets->wanted)
                printf("FreeBind=yes will be set for them.\n");
        else
                printf("To let them bind at once, set FreeBind=yes in section [sockets] of "
                       "/etc/dadwait.conf.\n");
}

void plan_print(const struct plan *plan) {
        struct table table = {
                .line = terminal_width(),
                .coloured = isatty(STDOUT_FILENO) && !getenv("NO_COLOR"),
        };
        size_t waiting = 0;

        widen(&table, COLUMN_UNIT, "UNIT");
        widen(&table, COLUMN_PROGRAM, "PROGRAM");
        widen(&table, COLUMN_ADDRESS, "ADDRESS");
        for (size_t i = 0; i < plan->count; i++) {
                measure(&table, &plan->items[i]);
                waiting += plan->items[i].decision.verdict == VERDICT_WAIT;
        }
        for (size_t i = 0; i < plan->sockets.count; i++)
                widen(&table, COLUMN_UNIT, plan->sockets.items[i]->unit.name);

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
        print_known(&table, plan);
        print_unknown(&table, plan);
        print_mentions(&table, plan);
        print_late_mounts(&table, plan);
        if (plan->sockets.count > 0) {
                printf("\n");
                print_sockets(&table, &plan->sockets);
        }
}
