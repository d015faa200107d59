/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/no-address.h"

#include "build-config.h"
#include "common/cleanup.h"
#include "common/memstream.h"
#include "plan/not-waited.h"

#include <string.h>

/* Files that are named; a definition may have those of many distributions. */
enum { FILES_NAMED_MAX = 4, ADDRESSES_NAMED_MAX = 4 };

static void put_files(FILE *stream, const struct string_list *files) {
        for (size_t i = 0; i < files->count && i < FILES_NAMED_MAX; i++)
                fprintf(stream, "%s%s", i > 0 ? ", " : "", files->items[i]);
        if (files->count > FILES_NAMED_MAX)
                fprintf(stream, " and %zu more", files->count - FILES_NAMED_MAX);
}

static void put_keywords(FILE *stream, const struct string_list *keywords) {
        for (size_t i = 0; i < keywords->count && i < FILES_NAMED_MAX; i++)
                fprintf(stream, "%s%s", i > 0 ? ", " : "", keywords->items[i]);
}

static bool has_only_mistyped(const struct address_list *list) {
        for (size_t i = 0; i < list->unknown_count; i++)
                if (!list->unknown[i].is_mistyped)
                        return false;
        return true;
}

/* The first ones of a kind, each once, behind @prefix; nothing if there are none. */
static void put_not_waited(FILE *stream, const struct address_list *list, bool of_family,
                           const char *prefix) {
        char shown[ADDRESSES_NAMED_MAX][PATTERN_STRING_SIZE];
        size_t count = 0;

        for (size_t i = 0; i < list->count; i++) {
                const struct pattern *pattern = &list->items[i].pattern;
                char text[PATTERN_STRING_SIZE];
                size_t k = 0;

                if ((not_waited_why(pattern) == NOT_WAITED_FAMILY) != of_family)
                        continue;
                (void)pattern_format(pattern, text);
                while (k < count && strcmp(shown[k], text) != 0)
                        k++;
                if (k < count)
                        continue;
                if (count == ADDRESSES_NAMED_MAX) {
                        fputs(" and others", stream);
                        return;
                }
                fprintf(stream, "%s%s", count == 0 ? prefix : ", ", text);
                memcpy(shown[count++], text, sizeof(text));
        }
}

static void put_true_case(FILE *stream, const struct plan_entry *entry) {
        bool is_ipv4_asked_for = entry->service->settings.families & ADDRESS_IPV4;

        fprintf(stream, "%s that could be %s",
                entry->service->unit.quadlet ? "publishes no port on an address"
                                             : "listens on no address",
                is_ipv4_asked_for ? "late" : "tentative");
        put_not_waited(stream, &entry->not_waited, false, ", but on ");
        put_not_waited(stream, &entry->not_waited, true,
                       entry->service->settings.set[SETTING_FAMILIES]
                               ? "; Families= leaves out "
                               : "; nothing waits for IPv4 without Families=: ");
}

/* What lacks a setting. A file in /etc/dadwait.d replaces the shipped one of its name as a whole.
 */
static void put_section(FILE *stream, const struct service *service) {
        const struct assignment *replacing = service->replacing;

        if (replacing)
                fprintf(stream, "%s replaces " SERVICE_DIR "%s as a whole, and its section has ",
                        replacing->file, strrchr(replacing->file, '/'));
        else
                fputs("its section has ", stream);
}

/* Whether something other than files with Directive= may name addresses. */
static bool has_other_source(const struct settings *settings) {
        return settings->language.options.count > 0 || settings->language.variables.count > 0 ||
               settings->environment_files.count > 0 || settings->format != directive_read;
}

static void explain(FILE *stream, const struct plan_entry *entry) {
        const struct decision *decision = &entry->decision;
        const struct settings *settings = &entry->service->settings;
        const struct string_list *keywords = &settings->language.directives;

        if (decision->addresses.unknown_count > 0) {
                fputs(has_only_mistyped(&decision->addresses)
                              ? "what it is to listen on is mistyped"
                              : "what it listens on is not known",
                      stream);
        } else if (entry->service->unit.quadlet) {
                put_true_case(stream, entry);
        } else if (!settings->format && settings->addresses.count == 0) {
                put_section(stream, entry->service);
                fputs("neither Format= nor Address=", stream);
        } else if (settings->format && decision->config.count == 0 && !has_other_source(settings)) {
                put_section(stream, entry->service);
                fputs("no Config=", stream);
        } else if (decision->config.count > 0 && entry->config.count == 0) {
                fputs("there is no configuration file of it: ", stream);
                put_files(stream, &decision->config);
        } else if (settings->format == directive_read && !decision->addresses.has_statement &&
                   keywords->count > 0) {
                put_files(stream, &entry->config);
                fputs(" does not set ", stream);
                put_keywords(stream, keywords);
        } else {
                put_true_case(stream, entry);
        }
        if (decision->missing)
                fprintf(stream, "; %s", decision->missing);
}

int no_address_explain(struct plan_entry *entry) {
        CLEANUP(freep) char *text = NULL;
        FILE *stream;
        size_t size;

        stream = open_memstream(&text, &size);
        if (!stream)
                return -ENOMEM;
        explain(stream, entry);
        if (memstream_close(stream, &text) < 0)
                return -ENOMEM;
        free(entry->decision.cause);
        entry->decision.cause = TAKE_POINTER(text);
        return 0;
}
