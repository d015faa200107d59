/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/no-address.h"

#include "build-config.h"
#include "common/cleanup.h"
#include "common/memstream.h"
#include "input/private-files.h"
#include "plan/not-waited.h"

#include <string.h>

/* Of a kind; a definition may name the files of many distributions. */
enum { NAMED_MAX = 4 };

/* Before the next item of an enumeration: "a, b and c", or "a, b, c, d and 2 more". */
static const char *separator(size_t i, size_t count, const char *last) {
        if (i == 0)
                return "";
        return i == count - 1 ? last : ", ";
}

static void put_list(FILE *stream, const struct string_list *list, const char *last) {
        for (size_t i = 0; i < list->count && i < NAMED_MAX; i++)
                fprintf(stream, "%s%s", separator(i, list->count, last), list->items[i]);
        if (list->count > NAMED_MAX)
                fprintf(stream, "%s%zu more", last, list->count - NAMED_MAX);
}

static int add_file(struct tree *tree, struct string_list *list, const char *path,
                    bool *ret_is_directory) {
        struct stat st;
        char *words;

        *ret_is_directory = tree_stat(tree, path, &st) == 0 && S_ISDIR(st.st_mode);
        if (!*ret_is_directory)
                return string_list_add(list, path);
        return asprintf(&words, "the files in %s", path) < 0 ? -ENOMEM
                                                             : string_list_take(list, words);
}

/* A keyword as people write it, once: without the sections that it may be in, and with a blank for
 * each '+'. */
static int add_keyword(struct string_list *list, const char *keyword) {
        const char *slash = strrchr(keyword, '/');
        const char *text = slash ? slash + 1 : keyword;
        CLEANUP(freep)
        char *words = strdup(strcmp(text, "[]") == 0 ? "an address to listen on" : text);

        for (char *p = words; p && *p; p++)
                if (*p == '+')
                        *p = ' ';
        if (words && string_list_contains(list, words))
                return 0;
        return string_list_take(list, TAKE_POINTER(words));
}

/* Files, then what none of them sets. */
static int put_unset_in_files(FILE *stream, struct tree *tree, const struct string_list *files,
                              const struct string_list *directives) {
        CLEANUP(string_list_clear) struct string_list names = { 0 }, keywords = { 0 };
        bool is_one = files->count == 1;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < files->count; i++) {
                bool is_directory;

                r = add_file(tree, &names, files->items[i], &is_directory);
                is_one &= !is_directory;
        }
        for (size_t i = 0; r >= 0 && i < directives->count; i++)
                r = add_keyword(&keywords, directives->items[i]);
        put_list(stream, &names, " and ");
        fprintf(stream, " %s not set ", is_one ? "does" : "do");
        put_list(stream, &keywords, " or ");
        return r;
}

/* The same without a file. */
static int put_unset_elsewhere(FILE *stream, const struct directive_language *language) {
        CLEANUP(string_list_clear) struct string_list keywords = { 0 };
        const struct string_list *const lists[] = { &language->options, &language->variables };
        int r = 0;

        for (size_t i = 0; i < 2; i++)
                for (size_t k = 0; r >= 0 && k < lists[i]->count; k++)
                        r = string_list_add(&keywords, lists[i]->items[k]);
        if (language->options.count == 0)
                fputs("its environment does not set ", stream);
        else if (language->variables.count == 0)
                fputs("its command line does not set ", stream);
        else
                fputs("its command line and its environment do not set ", stream);
        put_list(stream, &keywords, " or ");
        return r;
}

/* A name that a private file of the unit gave is not shown (private_files_name()). */
static int put_absent(FILE *stream, const struct decision *decision) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        const struct string_list *files = &decision->config;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < files->count; i++)
                r = string_list_add(&names, decision->config_is_of_command
                                                    ? private_files_name(files->items[i])
                                                    : files->items[i]);
        if (names.count == 1) {
                fprintf(stream, "its configuration, %s, does not exist", names.items[0]);
                return r;
        }
        fputs("none of its configuration files exists: ", stream);
        put_list(stream, &names, " and ");
        return r;
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
        char shown[NAMED_MAX][PATTERN_STRING_SIZE];
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
                if (count == NAMED_MAX) {
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

/* Debian has units that only order the instances of a template: /bin/true is all they run. */
static bool does_nothing(const struct plan_entry *entry) {
        const char *program = entry->decision.program;

        return program && strcmp(program, "true") == 0 && entry->not_waited.count == 0;
}

static int explain_directives(FILE *stream, struct tree *tree, const struct plan_entry *entry) {
        const struct decision *decision = &entry->decision;
        const struct directive_language *language = &entry->service->settings.language;
        const struct string_list *keywords = language->directives.count > 0
                                                     ? &language->directives
                                                     : &language->interface_directives;

        if (!decision->addresses.has_statement) {
                if (decision->config.count > 0 && keywords->count > 0)
                        return put_unset_in_files(stream, tree, &entry->config, keywords);
                if (language->options.count > 0 || language->variables.count > 0)
                        return put_unset_elsewhere(stream, language);
        }
        put_true_case(stream, entry);
        return 0;
}

/* Whether something other than files may name addresses. */
static bool has_other_source(const struct settings *settings) {
        return settings->language.options.count > 0 || settings->language.variables.count > 0 ||
               settings->environment_files.count > 0 || settings->format != directive_read;
}

static int explain_section(FILE *stream, struct tree *tree, const struct plan_entry *entry) {
        const struct settings *settings = &entry->service->settings;
        const struct string_list *config = &entry->decision.config;

        if (!settings->format && settings->addresses.count == 0) {
                put_section(stream, entry->service);
                fputs("neither Format= nor Address=", stream);
        } else if (settings->format && config->count == 0 && !has_other_source(settings)) {
                put_section(stream, entry->service);
                fputs("no Config=", stream);
        } else if (config->count > 0 && entry->config.count == 0) {
                return put_absent(stream, &entry->decision);
        } else if (settings->format == directive_read) {
                return explain_directives(stream, tree, entry);
        } else {
                put_true_case(stream, entry);
        }
        return 0;
}

static int explain(FILE *stream, struct tree *tree, const struct plan_entry *entry) {
        const struct decision *decision = &entry->decision;
        int r = 0;

        if (decision->addresses.unknown_count > 0)
                fputs(has_only_mistyped(&decision->addresses)
                              ? "what it is to listen on is mistyped"
                              : "what it listens on is not known",
                      stream);
        else if (does_nothing(entry))
                fputs("it runs nothing but true, which listens on no address", stream);
        else if (tree->was_denied)
                fputs("not known: this user cannot read all of its configuration", stream);
        else if (entry->service->unit.quadlet)
                put_true_case(stream, entry);
        else
                r = explain_section(stream, tree, entry);
        if (decision->missing)
                fprintf(stream, "; %s", decision->missing);
        return r;
}

int no_address_explain(struct tree *tree, struct plan_entry *entry) {
        CLEANUP(freep) char *text = NULL;
        FILE *stream;
        size_t size;
        int r;

        stream = open_memstream(&text, &size);
        if (!stream)
                return -ENOMEM;
        r = explain(stream, tree, entry);
        if (memstream_close(stream, &text) < 0 || r < 0)
                return -ENOMEM;
        free(entry->decision.cause);
        entry->decision.cause = TAKE_POINTER(text);
        return 0;
}
