/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/no-address.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "input/private-files.h"

#include <string.h>

/* Files that are named; a definition may have those of many distributions. */
enum { FILES_NAMED_MAX = 4 };

/* @is_of_command: a private file of the unit may have named them */
static void put_files(FILE *stream, const struct string_list *files, bool is_of_command) {
        for (size_t i = 0; i < files->count && i < FILES_NAMED_MAX; i++)
                fprintf(stream, "%s%s", i > 0 ? ", " : "",
                        is_of_command ? private_files_name(files->items[i]) : files->items[i]);
        if (files->count > FILES_NAMED_MAX)
                fprintf(stream, " and %zu more", files->count - FILES_NAMED_MAX);
}

static void put_keywords(FILE *stream, const struct string_list *keywords) {
        for (size_t i = 0; i < keywords->count && i < FILES_NAMED_MAX; i++)
                fprintf(stream, "%s%s", i > 0 ? ", " : "", keywords->items[i]);
}

static void explain(FILE *stream, const struct service *service, const struct string_list *existing,
                    const struct decision *decision) {
        const struct settings *settings = &service->settings;
        const struct directive_language *language = &settings->language;
        bool has_other_source = language->options.count > 0 || language->variables.count > 0 ||
                                settings->environment_files.count > 0 ||
                                settings->format != directive_read;

        if (service->unit.quadlet)
                fputs("publishes no port on an address that could be tentative", stream);
        else if (!settings->format)
                fputs("its section has neither Format= nor Address=", stream);
        else if (decision->config.count == 0 && !has_other_source)
                fputs("its section has no Config=", stream);
        else if (decision->config.count > 0 && existing->count == 0) {
                fputs("there is no configuration file of it: ", stream);
                put_files(stream, &decision->config, decision->config_is_of_command);
        } else if (settings->format == directive_read && !decision->addresses.has_statement &&
                   language->directives.count > 0) {
                put_files(stream, existing, false);
                fputs(" does not set ", stream);
                put_keywords(stream, &language->directives);
        } else
                fprintf(stream, "listens on no address that could be %s",
                        (settings->families & ADDRESS_IPV4) ? "late" : "tentative");
        if (decision->addresses.missing)
                fprintf(stream, "; %s", decision->addresses.missing);
}

int no_address_explain(const struct service *service, const struct string_list *existing,
                       struct decision *decision) {
        CLEANUP(freep) char *text = NULL;
        FILE *stream;
        size_t size;

        stream = open_memstream(&text, &size);
        if (!stream)
                return -ENOMEM;
        explain(stream, service, existing, decision);
        if (memstream_close(stream, &text) < 0)
                return -ENOMEM;
        free(decision->cause);
        decision->cause = TAKE_POINTER(text);
        return 0;
}
