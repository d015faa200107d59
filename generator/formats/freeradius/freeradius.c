/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * FreeRADIUS 3: sections in braces, "name = value", variables; listen { } binds
 *
 * src/main/conffile.c reads the files: cf_section_read(), cf_expand_variables(). Where "listen" is
 * at the top or in a virtual server, src/main/listen.c binds the first of ipaddr, ipv4addr and
 * ipv6addr (listen_parse(), common_socket_parse()), unless its type has no socket.
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/freeradius/line-statements.h"
#include "formats/freeradius/main-file.h"
#include "formats/freeradius/references.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "input/option-words.h"
#include "input/private-files.h"
#include "log.h"

#include <stdlib.h>
#include <string.h>

/* Options of radiusd without an argument (main() in src/main/radiusd.c). */

/* Deeper than any configuration; the rest of a file that nests deeper is not read. */
enum { SECTIONS_MAX = 64 };

/* In the order in which the first that is set counts. */
static const char *const ADDRESS_KEYS[] = { "ipaddr", "ipv4addr", "ipv6addr" };

enum { ADDRESS_KEY_COUNT = sizeof(ADDRESS_KEYS) / sizeof(ADDRESS_KEYS[0]) };

struct address_setting {
        char *value; /* NULL: not set */
        char *file;
        unsigned line;
        char *text;
};

struct listener {
        struct address_setting addresses[ADDRESS_KEY_COUNT];
        bool has_no_socket; /* type = detail or control */
        bool is_proxy;      /* type = proxy: bound only if it has a port */
        bool has_port;      /* other than 0 */
        struct template {
                char *name; /* of "$template NAME"; NULL: there is none */
                char *file;
                unsigned line;
        }
        template;
};

/* What is being read. */
struct place {
        const char *path;
        unsigned line;
        const char *text; /* of the line */
};

struct reader {
        struct included_files files;
        const struct source *source;
        struct address_list *addresses;
        struct freeradius_variables variables;
        struct string_list sections; /* around the present line, from the root */
        struct listener listener;    /* of the innermost one, if that is a listener */
        bool replaced;               /* by an address of the command line */
};

static void listener_clear(struct listener *listener) {
        for (size_t i = 0; i < ADDRESS_KEY_COUNT; i++) {
                free(listener->addresses[i].value);
                free(listener->addresses[i].file);
                free(listener->addresses[i].text);
        }
        free(listener->template.name);
        free(listener->template.file);
        *listener = (struct listener){ 0 };
}

static void reader_clear(struct reader *reader) {
        freeradius_variables_clear(&reader->variables);
        string_list_clear(&reader->sections);
        listener_clear(&reader->listener);
}

static bool is_in_listener(const struct reader *reader) {
        const struct string_list *sections = &reader->sections;

        return (sections->count == 1 && strcmp(sections->items[0], "listen") == 0) ||
               (sections->count == 2 && strcmp(sections->items[0], "server") == 0 &&
                strcmp(sections->items[1], "listen") == 0);
}

static int open_section(struct reader *reader, const char *name) {
        if (reader->sections.count == SECTIONS_MAX) {
                reader->files.stopped = true;
                return 0;
        }
        return string_list_add(&reader->sections, name);
}

/* cf_template_merge(): the template has what the section itself does not set. */
static int apply_template(struct reader *reader) {
        const struct template *template = &reader->listener.template;

        for (size_t i = 0; template->name && i < ADDRESS_KEY_COUNT; i++) {
                struct address_setting *address = &reader->listener.addresses[i];
                CLEANUP(freep) char *path = NULL;
                const char *value;

                if (address->value)
                        continue;
                if (asprintf(&path, "templates.%s.%s", template->name, ADDRESS_KEYS[i]) < 0)
                        return -ENOMEM;
                value = freeradius_variables_find(&reader->variables, path);
                if (!value)
                        continue;
                address->value = strdup(value);
                address->file = strdup(template->file);
                address->text = strdup(path);
                address->line = template->line;
                if (!address->value || !address->file || !address->text)
                        return -ENOMEM;
        }
        return 0;
}

static int add_listener(struct reader *reader) {
        int r = apply_template(reader);

        if (r < 0)
                return r;
        for (size_t i = 0; i < ADDRESS_KEY_COUNT; i++) {
                const struct address_setting *address = &reader->listener.addresses[i];

                if (address->value)
                        return host_add(reader->addresses, address->value, address->file,
                                        address->line, address->text);
        }
        return 0;
}

static bool is_bound(const struct listener *listener) {
        return !listener->has_no_socket && (listener->has_port || !listener->is_proxy);
}

static int close_section(struct reader *reader) {
        int r = 0;

        if (reader->sections.count == 0)
                return 0;
        if (is_in_listener(reader)) {
                if (!reader->replaced && is_bound(&reader->listener))
                        r = add_listener(reader);
                listener_clear(&reader->listener);
        }
        free(reader->sections.items[--reader->sections.count]);
        return r;
}

static int read_directory(struct reader *reader, const char *path) {
        static const char NAME[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789-_.";
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
        int r;

        r = tree_list(reader->files.tree, path, &names);
        for (size_t i = 0; r >= 0 && i < names.count; i++) {
                const char *name = names.items[i];
                CLEANUP(freep) char *file = NULL;

                if (name[0] == '.' || name[strspn(name, NAME)] != '\0')
                        continue;
                if (asprintf(&file, "%s%s%s", path, slash, name) < 0)
                        return -ENOMEM;
                r = included_files_read(&reader->files, file, NULL);
                r = r == -EISDIR ? 0 : r;
        }
        return r == -ENOMEM ? r : 0;
}

static int warn_unknown(const struct place *place) {
        log_warning(place->path, place->line, "A variable of this line is not known, ignoring it.");
        return 0;
}

static int include(struct reader *reader, const char *value, bool is_optional,
                   const struct place *place) {
        CLEANUP(freep) char *expanded = NULL, *file = NULL;
        int r;

        r = freeradius_variables_expand(&reader->variables, &reader->sections,
                                        reader->source->environment, value, &expanded);
        if (r < 0)
                return r == -ENOENT ? warn_unknown(place) : r;
        file = included_files_resolve(place->path, expanded);
        if (!file)
                return -ENOMEM;
        r = is_optional ? included_files_read(&reader->files, file, NULL)
                        : included_files_read_one(&reader->files, place->path, place->line, file);
        return r == -EISDIR ? read_directory(reader, file) : r;
}

static int keep_address(struct reader *reader, const char *name, const char *value,
                        const struct place *place) {
        for (size_t i = 0; i < ADDRESS_KEY_COUNT; i++) {
                struct address_setting *address = &reader->listener.addresses[i];

                if (strcmp(name, ADDRESS_KEYS[i]) != 0 || address->value)
                        continue;
                /* fr_pton() takes "ADDR/128". */
                address->value = strndup(value, strcspn(value, "/"));
                address->file = strdup(place->path);
                address->text = strdup(place->text);
                address->line = place->line;
                return address->value && address->file && address->text ? 0 : -ENOMEM;
        }
        return 0;
}

static bool is_address_key(const char *name) {
        for (size_t i = 0; i < ADDRESS_KEY_COUNT; i++)
                if (strcmp(name, ADDRESS_KEYS[i]) == 0)
                        return true;
        return false;
}

/* Modules have thousands of settings, which no listener refers to. */
static int keep_variable(struct reader *reader, const char *name, const char *value) {
        const struct string_list *sections = &reader->sections;
        char *path = NULL;
        int r;

        if (sections->count > 0 && strcmp(sections->items[0], "modules") == 0)
                return 0;
        r = freeradius_variables_path(sections, name, &path);
        if (r >= 0)
                r = freeradius_variables_add(&reader->variables, path, value);
        free(path);
        return r;
}

static void keep_kind(struct listener *listener, const char *name, const char *value) {
        if (strcmp(name, "type") == 0) {
                listener->has_no_socket |=
                        strcmp(value, "detail") == 0 || strcmp(value, "control") == 0;
                listener->is_proxy |= strcmp(value, "proxy") == 0;
        }
        if (strcmp(name, "port") == 0)
                listener->has_port |= strtoul(value, NULL, 0) > 0;
}

static int set(struct reader *reader, const struct freeradius_statement *statement,
               const struct place *place) {
        const char *name = statement->name, *value = statement->value;
        bool in_listener = is_in_listener(reader);
        CLEANUP(freep) char *expanded = NULL;
        int r = 0;

        if (statement->is_literal)
                expanded = strdup(value);
        else
                r = freeradius_variables_expand(&reader->variables, &reader->sections,
                                                reader->source->environment, value, &expanded);
        if (r == -ENOENT && in_listener && is_address_key(name))
                return address_list_add_unknown(reader->addresses, place->path, place->line, value,
                                                "a variable of it is not known");
        if (r == -ENOENT)
                return 0;
        if (!expanded)
                return -ENOMEM;
        if (in_listener) {
                keep_kind(&reader->listener, name, expanded);
                r = keep_address(reader, name, expanded, place);
        }
        return r < 0 ? r : keep_variable(reader, name, expanded);
}

static bool is_word(const struct freeradius_statement *statement, const char *name) {
        return strcasecmp(statement->name, name) == 0 && statement->value;
}

static int keep_template(struct reader *reader, const char *name, const struct place *place) {
        struct template *template = &reader->listener.template;

        if (!is_in_listener(reader) || template->name)
                return 0;
        template->name = strdup(name);
        template->file = strdup(place->path);
        template->line = place->line;
        return template->name && template->file ? 0 : -ENOMEM;
}

static int apply(struct reader *reader, const struct freeradius_statement *statement,
                 const struct place *place) {
        switch (statement->type) {
        case FREERADIUS_OPEN:
                return open_section(reader, statement->name);
        case FREERADIUS_CLOSE:
                return close_section(reader);
        case FREERADIUS_SETTING:
                return set(reader, statement, place);
        case FREERADIUS_WORD:
                if (is_word(statement, "$INCLUDE") || is_word(statement, "$-INCLUDE"))
                        return include(reader, statement->value, is_word(statement, "$-INCLUDE"),
                                       place);
                if (is_word(statement, "$template"))
                        return keep_template(reader, statement->value, place);
                break;
        }
        return 0;
}

static int read_line(struct reader *reader, const char *line, const struct place *place) {
        CLEANUP(freeradius_statement_clear) struct freeradius_statement statement = { 0 };
        int r = 0;

        while (r >= 0 && !reader->files.stopped &&
               (r = freeradius_statement_next(&line, &statement)) > 0)
                r = apply(reader, &statement, place);
        return r;
}

/* Ends the line at @start. A backslash in front of a newline joins it with the next one.
 * Return: the line behind it, or NULL at the end. */
static char *end_line(char *start, unsigned *line) {
        char *end = start;

        while (*(end += strcspn(end, "\n"))) {
                (*line)++;
                if (end == start || end[-1] != '\\') {
                        *end = '\0';
                        return end + 1;
                }
                end[-1] = *end = ' ';
        }
        return NULL;
}

static int read_file(struct included_files *files, const char *path, char *content) {
        struct reader *reader = files->data;
        unsigned line = 1;
        int r = 0;

        for (char *next, *start = content; r >= 0 && start && !files->stopped; start = next) {
                CLEANUP(freep) char *text = strndup(start, strcspn(start, "\n"));
                const struct place place = { .path = path, .line = line, .text = text };

                if (!text)
                        return -ENOMEM;
                next = end_line(start, &line);
                r = read_line(reader, start, &place);
        }
        return r;
}

/* listen_init(): the address of -i is bound in place of those of the listeners. */
static int read_arguments(struct reader *reader) {
        const struct source *source = reader->source;
        int r = 0;

        for (size_t i = 0; r >= 0 && source->arguments && i < source->arguments->count; i++) {
                bool is_next;
                const char *host = option_words_argument("-i", 2, RADIUSD_FLAGS, source->arguments,
                                                         i, &is_next);

                if (!host)
                        continue;
                reader->replaced = true;
                r = host_add(reader->addresses, host, source->arguments_file,
                             source->arguments_line, source->arguments->items[i]);
        }
        return r;
}

static int read_config(struct reader *reader, const char *config) {
        CLEANUP(freep) char *path = NULL;
        int r;

        r = radiusd_main_file(config, reader->source->arguments, &path);
        if (r < 0)
                return r;
        r = included_files_read(&reader->files, path, NULL);
        return r == -EISDIR ? read_directory(reader, path) : r;
}

int freeradius_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = {
                .files = { .tree = tree, .read = read_file },
                .source = source,
                .addresses = ret,
        };
        int r = 0;

        reader.files.data = &reader;
        for (size_t i = 0; r >= 0 && i < ADDRESS_KEY_COUNT; i++)
                r = private_files_allow(ADDRESS_KEYS[i]);
        if (r >= 0)
                r = read_arguments(&reader);
        for (size_t i = 0; r >= 0 && i < source->config->count; i++)
                r = read_config(&reader, source->config->items[i]);
        return r;
}
