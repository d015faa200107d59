/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/print-plan.h"

#include "common/text.h"
#include "log.h"
#include "output/drop-in-name.h"
#include "plan/not-waited.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* The version of this form: it becomes another if a member changes its meaning or goes. */
enum { FORM = 1 };

/* RFC 8259, section 7. Bytes that are not UTF-8, which JSON cannot hold, become '?'. */
static void print_string(const char *text) {
        putchar('"');
        while (*text) {
                size_t length = text_printable_length(text);

                if (*text == '\n' || *text == '\t')
                        printf("\\%c", *text == '\n' ? 'n' : 't');
                else if (length == 0)
                        putchar('?');
                else
                        printf("%s%.*s", strchr("\"\\", *text) ? "\\" : "", (int)length, text);
                text += length > 0 ? length : 1;
        }
        putchar('"');
}

static void print_or_null(const char *text) {
        if (text)
                print_string(text);
        else
                printf("null");
}

static void print_member(const char *name, const char *value) {
        printf(",\"%s\":", name);
        print_string(value);
}

/* Its members without the braces. */
static void print_members(const struct address *address, const char *state) {
        char pattern[PATTERN_STRING_SIZE];

        printf("\"address\":");
        print_string(pattern_format(&address->pattern, pattern));
        if (state)
                print_member("state", state);
        print_member("file", address->file);
        if (address->line > 0)
                printf(",\"line\":%u", address->line);
        print_member("text", address->text);
}

static void print_address(const struct address *address, const char *state) {
        printf("{");
        print_members(address, state);
        printf("}");
}

static void print_wait(const struct plan_entry *entry) {
        const struct decision *decision = &entry->decision;
        char path[NAME_MAX + sizeof("/" DROP_IN_NAME)]; /* NAME_MAX: of "UNIT.d" */

        printf(",\"addresses\":[");
        for (size_t i = 0; i < decision->addresses.count; i++) {
                printf("%s", i > 0 ? "," : "");
                print_address(&decision->addresses.items[i],
                              entry->states ? entry->states[i] : NULL);
        }
        printf("],\"timeout_usec\":%" PRIu64, decision->timeout_usec);
        if (decision->start_timeout_usec > 0)
                printf(",\"start_timeout_usec\":%" PRIu64, decision->start_timeout_usec);
        (void)snprintf(path, sizeof(path), "%s.d/" DROP_IN_NAME, entry->service->unit.name);
        print_member("path", path);
        print_member("drop_in", entry->drop_in);
        if (entry->wait_unit)
                print_member("wait_unit", entry->wait_unit);
}

static void print_known_by(const struct plan_entry *entry) {
        const struct assignment *known = service_known_by(entry->service);
        const struct string_list *config = &entry->config;

        printf(",\"started\":%s", entry->service->started ? "true" : "false");
        if (entry->decision.program)
                print_member("program", entry->decision.program);
        if (known) {
                printf(",\"known_by\":{\"by\":\"%s\"",
                       known == entry->service->definition ? "program" : "section");
                print_member("section", known->section);
                print_member("file", known->file);
                printf("}");
        }
        if (config->count == 0)
                return;
        printf(",\"config\":[");
        for (size_t i = 0; i < config->count; i++) {
                printf("%s{\"file\":", i > 0 ? "," : "");
                print_string(config->items[i]);
                print_member("named_by",
                             entry->decision.config_is_of_command ? "command-line" : "definition");
                printf("}");
        }
        printf("]");
}

/* IgnoreAddress= */
static void print_ignored(const struct plan_entry *entry) {
        const struct address_list *list = &entry->decision.ignored;

        if (list->count == 0)
                return;
        printf(",\"ignored\":[");
        for (size_t i = 0; i < list->count; i++) {
                printf("%s{\"found\":", i > 0 ? "," : "");
                print_address(&list->items[i], NULL);
                printf(",\"by\":");
                print_address(address_list_find_ignoring(&entry->service->settings.ignored,
                                                         &list->items[i].pattern),
                              NULL);
                printf("}");
        }
        printf("]");
}

static void print_not_waited(const struct address_list *list) {
        static const char *const WHY[] = {
                [NOT_WAITED_ANY] = "any",
                [NOT_WAITED_LOOPBACK] = "loopback",
                [NOT_WAITED_MULTICAST] = "multicast",
                [NOT_WAITED_BROADCAST] = "broadcast",
                [NOT_WAITED_FAMILY] = "family",
        };

        if (list->count == 0)
                return;
        printf(",\"not_waited\":[");
        for (size_t i = 0; i < list->count; i++) {
                printf("%s{", i > 0 ? "," : "");
                print_members(&list->items[i], NULL);
                print_member("why", WHY[not_waited_why(&list->items[i].pattern)]);
                printf("}");
        }
        printf("]");
}

/* Settings that change how a service waits. */
static void print_set(const struct settings *settings) {
        const char *separator = ",\"settings\":[";

        for (size_t i = 0; i < SETTINGS; i++) {
                if (!settings->set[i])
                        continue;
                printf("%s{\"key\":", separator);
                print_string(settings->set[i]->key);
                print_member("value", settings->set[i]->value);
                print_member("file", settings->set[i]->file);
                printf(",\"line\":%u}", settings->set[i]->line);
                separator = ",";
        }
        if (separator[1] == '\0')
                printf("]");
}

/* Statements whose addresses are not known at boot. */
static void print_unknown(const struct address_list *list) {
        if (list->unknown_count == 0)
                return;
        printf(",\"unknown\":[");
        for (size_t i = 0; i < list->unknown_count; i++) {
                const struct unknown_address *unknown = &list->unknown[i];

                printf("%s{\"file\":", i > 0 ? "," : "");
                print_string(unknown->file);
                if (unknown->line > 0)
                        printf(",\"line\":%u", unknown->line);
                print_member("text", unknown->text);
                print_member("reason", unknown->reason);
                printf(",\"mistyped\":%s}", unknown->is_mistyped ? "true" : "false");
        }
        printf("]");
}

static void print_mentions(const struct address_list *list) {
        if (list->count == 0)
                return;
        printf(",\"mentions\":[");
        for (size_t i = 0; i < list->count; i++) {
                printf("%s", i > 0 ? "," : "");
                print_address(&list->items[i], NULL);
        }
        printf("]");
}

static const char *const VERDICTS[] = {
        [VERDICT_WAIT] = "wait",
        [VERDICT_MISSING] = "missing",
        [VERDICT_MASKED] = "masked",
        [VERDICT_OFF] = "off",
        [VERDICT_NO_ADDRESS] = "no-address",
        [VERDICT_IGNORED] = "ignored",
        [VERDICT_BEFORE_NETWORK] = "before-network",
        [VERDICT_SOCKET] = "socket",
        [VERDICT_REPLACED] = "replaced",
        [VERDICT_RESET] = "reset",
        [VERDICT_OWN_NETWORK] = "own-network",
        [VERDICT_JOB_TIMEOUT] = "job-timeout",
        [VERDICT_NO_PLACE] = "no-place",
};

static const char *const IN_FORCE[] = {
        [IN_FORCE_YES] = "yes",
        [IN_FORCE_NOT_YET] = "not-yet",
        [IN_FORCE_DIFFERS] = "differs",
        [IN_FORCE_STALE] = "stale",
};

static void print_entry(const struct plan_entry *entry) {
        enum verdict verdict = entry->decision.verdict;

        printf("{\"unit\":");
        print_string(entry->service->unit.name);
        print_member("verdict", VERDICTS[verdict]);
        if (verdict == VERDICT_WAIT)
                print_wait(entry);
        if (verdict == VERDICT_SOCKET)
                print_member("socket", entry->decision.cause);
        else if (verdict == VERDICT_MASKED)
                print_member("file", entry->decision.cause);
        else if (entry->decision.cause)
                print_member("cause", entry->decision.cause);
        if (verdict == VERDICT_OFF) {
                print_member("file", entry->service->settings.last_enable->file);
                printf(",\"line\":%u", entry->service->settings.last_enable->line);
        }
        print_known_by(entry);
        print_set(&entry->service->settings);
        print_ignored(entry);
        print_not_waited(&entry->not_waited);
        print_unknown(&entry->decision.addresses);
        print_mentions(&entry->mentions);
        if (entry->decision.late_mount)
                print_member("late_mount", entry->decision.late_mount);
        if (entry->in_force >= IN_FORCE_YES)
                print_member("in_force", IN_FORCE[entry->in_force]);
        printf("}");
}

static void print_warnings(void) {
        size_t count;
        const struct log_entry *warnings = log_kept(&count);

        printf("],\"warnings\":[");
        for (size_t i = 0; i < count; i++) {
                printf("%s\n{\"text\":", i > 0 ? "," : "");
                print_string(warnings[i].text);
                if (warnings[i].file)
                        print_member("file", warnings[i].file);
                if (warnings[i].line > 0)
                        printf(",\"line\":%u", warnings[i].line);
                printf("}");
        }
}

static void print_unknown_units(const struct unknown_unit_list *units) {
        if (units->count == 0)
                return;
        printf("],\"unknown_units\":[");
        for (size_t i = 0; i < units->count; i++) {
                const struct address_list *list = &units->items[i].addresses;

                printf("%s\n{\"unit\":", i > 0 ? "," : "");
                print_string(units->items[i].name);
                printf(",\"mentions\":[");
                for (size_t k = 0; k < list->count; k++) {
                        printf("%s", k > 0 ? "," : "");
                        print_address(&list->items[k], NULL);
                }
                printf("]}");
        }
}

static void print_stale(const struct string_list *stale) {
        printf("],\"stale\":[");
        for (size_t i = 0; i < stale->count; i++) {
                printf("%s", i > 0 ? "," : "");
                print_string(stale->items[i]);
        }
}

void plan_print_json(const struct plan *plan, const char *refusal) {
        printf("{\"version\":%d,\"refused\":", FORM);
        print_or_null(refusal);
        printf(",\"mask\":");
        print_or_null(plan->mask);
        printf(",\"services\":[");
        for (size_t i = 0; i < plan->count; i++) {
                printf("%s\n", i > 0 ? "," : "");
                print_entry(&plan->items[i]);
        }
        printf("],\"sockets\":[");
        for (size_t i = 0; i < plan->sockets.count; i++) {
                const struct socket_unit *socket = plan->sockets.items[i];
                const struct shown_setting *address = socket_plan_address(&plan->sockets, socket);

                printf("%s\n{\"unit\":", i > 0 ? "," : "");
                print_string(socket->unit.name);
                printf(",\"file\":");
                print_string(address->file);
                printf(",\"setting\":");
                print_string(address->text);
                printf(",\"freebind\":%s}", plan->sockets.wanted ? "true" : "false");
        }
        print_unknown_units(&plan->unknown_units);
        print_stale(&plan->stale);
        print_warnings();
        printf("]}\n");
}
