/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Dovecot 2.3 and 2.4: services with their listeners, in blocks that come again
 *
 * config_parser_apply_line() in config/config-parser.c. A file that begins with
 * dovecot_config_version is one of 2.4. Blocks such as protocol and remote hold for some
 * connections only: what they say is nothing to the master process, which binds.
 */

#include "common/cleanup.h"
#include "common/text.h"
#include "formats/brace-expansion.h"
#include "formats/dovecot/dovecot-assignment.h"
#include "formats/dovecot/dovecot-groups.h"
#include "formats/dovecot/dovecot-settings.h"
#include "formats/dovecot/dovecot-values.h"
#include "formats/format.h"
#include "formats/included-files.h"
#include "input/private-files.h"
#include "log.h"

#include <arpa/inet.h>
#include <string.h>

/* Deeper ones hold nothing of interest. */
enum { SECTIONS_MAX = 8 };

struct reader {
        struct included_files files;
        struct dovecot_settings settings;
        struct dovecot_values values;
        struct address_list *addresses;
        struct dovecot_section sections[SECTIONS_MAX]; /* [0] is outside of all blocks */
        size_t depth;                                  /* of the present one */
        bool has_settings;
        struct dovecot_groups groups;
        bool applies_groups; /* the present line is one of theirs, and all others have been read */
        char *protocol;      /* of the outermost block, if that is "protocol NAME" */
        char *before;        /* a line that is continued */
};

static struct dovecot_section current(const struct reader *reader) {
        static const struct dovecot_section deep = { .type = DOVECOT_SECTION_OTHER };

        return reader->depth < SECTIONS_MAX ? reader->sections[reader->depth] : deep;
}

static bool is_address(const char *word) {
        CLEANUP(freep)
        char *bare = word[0] == '[' ? strndup(word + 1, strlen(word + 1) - 1) : strdup(word);
        struct in6_addr address;

        return bare && (strcmp(bare, "*") == 0 || inet_pton(AF_INET, bare, &address) == 1 ||
                        inet_pton(AF_INET6, bare, &address) == 1);
}

/* "HOST:PORT" of Dovecot 1, which 2.3 recognizes by a word that is no address:
 * listen_has_port() in config/old-set-parser.c. Cuts the port off.
 * @ret_port:   receives it, or NULL */
static int cut_old_port(char *value, const char **ret_port) {
        CLEANUP(freep) char *copy = strdup(value);
        char *colon = strrchr(value, ':'), *cursor = copy, *word;

        *ret_port = NULL;
        if (!copy)
                return -ENOMEM;
        while (colon && (word = strsep(&cursor, ", ")))
                if (word[0] && !is_address(word)) {
                        *colon = '\0';
                        *ret_port = colon + 1;
                        break;
                }
        return 0;
}

/* The first setting says which language it is. @key: of the line. */
static int begin_settings(struct reader *reader, const char *key) {
        struct dovecot_value *protocols = dovecot_settings_get(&reader->settings, "protocols");

        if (reader->has_settings)
                return 0;
        reader->has_settings = true;
        reader->values.is_2_4 = strcmp(key, "dovecot_config_version") == 0;
        if (!reader->values.is_2_4)
                return 0;
        if (protocols && text_set(&protocols->value, "") < 0)
                return -ENOMEM;
        return dovecot_settings_add_2_4(&reader->settings);
}

/* "listen" in "protocol imap" was an address of its listeners; "ssl_listen" too, wherever it is. */
static bool is_of_dovecot_1(const struct reader *reader, const char *key) {
        bool is_in_protocol = reader->depth == 1 && reader->protocol && *reader->protocol;

        if (reader->values.is_2_4)
                return false;
        return (strcmp(key, "ssl_listen") == 0 && (is_in_protocol || reader->depth == 0)) ||
               (strcmp(key, "listen") == 0 && is_in_protocol);
}

/* 2.3 makes of it the address and port of the listener: old_settings_handle_proto(). */
static int set_old_listener(struct reader *reader, const char *protocol, bool ssl,
                            const char *address, const char *port,
                            const struct dovecot_place *place) {
        struct dovecot_section section = { .type = DOVECOT_SECTION_LISTENER };
        char service[sizeof("imap-login")], name[sizeof("imaps")];
        size_t index;
        int r;

        (void)snprintf(service, sizeof(service), "%s-login", protocol);
        (void)snprintf(name, sizeof(name), "%s%s", protocol, ssl ? "s" : "");
        r = dovecot_settings_add_service(&reader->settings, service, &index);
        if (r >= 0)
                r = dovecot_settings_add_listener(&reader->settings, index, name, &section.index);
        if (r >= 0 && port)
                r = dovecot_assign(&reader->settings, section, "port", port, place, false, false);
        if (r >= 0)
                r = dovecot_assign(&reader->settings, section, "address", address, place, false,
                                   false);
        return r == -ENOMEM ? r : 0;
}

static int read_old_listen(struct reader *reader, const struct dovecot_line *line,
                           const struct dovecot_place *place) {
        static const char *const PROTOCOLS[] = { "imap", "pop3" };
        const char *protocol = reader->depth == 1 ? reader->protocol : "", *port;
        bool is_known = !*protocol;
        CLEANUP(freep) char *value = NULL;
        int r = dovecot_value_expand(&reader->values, line, place->file, &value);

        if (r >= 0)
                r = cut_old_port(value, &port);
        for (size_t i = 0; r >= 0 && i < sizeof(PROTOCOLS) / sizeof(PROTOCOLS[0]); i++) {
                bool is_this = strcmp(protocol, PROTOCOLS[i]) == 0;

                is_known |= is_this;
                if (*value && (is_this || !*protocol))
                        r = set_old_listener(reader, PROTOCOLS[i], line->key[0] == 's', value, port,
                                             place);
        }
        if (r != -ENOMEM && (r < 0 || !is_known))
                r = address_list_add_unknown(reader->addresses, place->file, place->line,
                                             line->value, "this is the language of Dovecot 1");
        return r;
}

static bool is_old_listen(const struct reader *reader, const struct dovecot_line *line) {
        return !reader->values.is_2_4 && line->type == DOVECOT_LINE_VALUE &&
               current(reader).type == DOVECOT_SECTION_ROOT && strcmp(line->key, "listen") == 0;
}

/* A service in a group outside of all blocks; it has no effect. */
static bool is_of_another_service(const struct reader *reader, const struct dovecot_line *line) {
        static const char SERVICE[] = "service";
        size_t length = strlen(SERVICE);

        return reader->applies_groups && current(reader).type == DOVECOT_SECTION_ROOT &&
               strncmp(line->key, SERVICE, length) == 0 &&
               (line->key[length] == '/' ||
                (line->key[length] == '\0' && line->type == DOVECOT_LINE_BEGIN));
}

static int read_value(struct reader *reader, const struct dovecot_line *line,
                      const struct dovecot_place *place) {
        CLEANUP(freep) char *value = NULL, *path = strdup(line->key);
        struct dovecot_section section = current(reader);
        const char *old_port;
        char *key = path;
        bool is_needed;
        int r;

        if (!path)
                return -ENOMEM;
        if (line->key[0] == '@' && reader->values.is_2_4)
                return dovecot_groups_use(&reader->groups, section, line->key + 1, line->value,
                                          place->file, place->line);
        if (is_of_another_service(reader, line))
                return 0;
        r = begin_settings(reader, line->key);
        if (r >= 0 && reader->values.is_2_4)
                r = dovecot_section_follow(&reader->settings, &key, &section);
        if (r < 0)
                return r;
        is_needed = dovecot_section_matters(section, key);
        if (is_of_dovecot_1(reader, line->key))
                return read_old_listen(reader, line, place);
        if (line->type == DOVECOT_LINE_FILE && !is_needed) /* certificates and the like */
                return 0;
        r = dovecot_value_expand(&reader->values, line, place->file, &value);
        if (r >= 0 && is_old_listen(reader, line))
                r = cut_old_port(value, &old_port);
        if (r == -EINVAL && is_needed)
                return address_list_add_unknown(reader->addresses, place->file, place->line,
                                                line->value, "this value is not known at boot");
        if (r < 0)
                return r == -EINVAL ? 0 : r;
        return dovecot_assign(&reader->settings, section, key, value, place, reader->values.is_2_4,
                              reader->applies_groups);
}

static int begin(struct reader *reader, const struct dovecot_line *line) {
        struct dovecot_section inner = { .type = DOVECOT_SECTION_OTHER };
        int r = 0;

        if (!is_of_another_service(reader, line))
                r = dovecot_section_find(&reader->settings, current(reader), line->key, line->value,
                                         &inner);
        if (r >= 0 && reader->depth == 0)
                r = text_set(&reader->protocol,
                             strcmp(line->key, "protocol") == 0 ? line->value : "");
        reader->has_settings = true;
        reader->depth++;
        if (reader->depth < SECTIONS_MAX)
                reader->sections[reader->depth] = inner;
        return r;
}

static int include_pattern(struct reader *reader, enum dovecot_line_type type, const char *pattern,
                           const struct dovecot_place *place) {
        if (type == DOVECOT_LINE_INCLUDE || strpbrk(pattern, "*?["))
                return included_files_read_pattern(&reader->files, place->file, place->line,
                                                   pattern);
        return included_files_read(&reader->files, pattern, NULL);
}

/* settings_include() in config/config-parser.c */
static int include(struct reader *reader, const struct dovecot_line *line,
                   const struct dovecot_place *place) {
        CLEANUP(freep) char *pattern = included_files_resolve(place->file, line->value);
        CLEANUP(string_list_clear) struct string_list patterns = { 0 };
        int r;

        if (!pattern)
                return -ENOMEM;
        r = brace_expand(pattern, &patterns);
        if (r == -E2BIG)
                log_warning(place->file, place->line, "Too many braces, not all files are read: %s",
                            line->value);
        for (size_t i = 0; i < patterns.count && r != -ENOMEM; i++)
                r = include_pattern(reader, line->type, patterns.items[i], place);
        return r == -ENOMEM ? r : 0;
}

static int apply(struct reader *reader, const struct dovecot_line *line,
                 const struct dovecot_place *place) {
        switch (line->type) {
        case DOVECOT_LINE_VALUE:
        case DOVECOT_LINE_VARIABLES:
        case DOVECOT_LINE_FILE:
                return read_value(reader, line, place);
        case DOVECOT_LINE_BEGIN:
                return begin(reader, line);
        case DOVECOT_LINE_END:
                reader->depth -= reader->depth > 0;
                return 0;
        case DOVECOT_LINE_INCLUDE:
        case DOVECOT_LINE_INCLUDE_TRY:
                return include(reader, line, place);
        default:
                return 0;
        }
}

static int read_line(struct reader *reader, const char *path, unsigned number, char *text) {
        CLEANUP(freep) char *shown = strdup(text), *before = NULL;
        const struct dovecot_place place = { path, number, shown };
        struct dovecot_line line;
        int r;

        if (!shown)
                return -ENOMEM;
        before = TAKE_POINTER(reader->before);
        r = dovecot_line_parse(text, &before, &line);
        if (r >= 0 && line.type == DOVECOT_LINE_CONTINUED)
                reader->before = TAKE_POINTER(before);
        if (r >= 0)
                r = dovecot_groups_read(&reader->groups, current(reader), &line, path, number,
                                        shown);
        return r != 0 ? (r < 0 ? r : 0) : apply(reader, &line, &place);
}

/* The lines of a group, in a block that uses it. */
static int apply_group(struct reader *reader, size_t group, struct dovecot_section section) {
        const struct dovecot_groups *groups = &reader->groups;
        int r = 0;

        reader->depth = section.type != DOVECOT_SECTION_ROOT;
        reader->sections[reader->depth] = section;
        for (size_t i = 0; r >= 0 && i < groups->line_count; i++) {
                const struct dovecot_group_line *line = &groups->lines[i];
                const struct dovecot_place place = { line->file, line->number, line->text };

                if (line->group == group)
                        r = apply(reader, &line->line, &place);
        }
        return r;
}

/* In blocks of one type. Of several groups the one whose block is last is the strongest. */
static int apply_groups_in(struct reader *reader, enum dovecot_section_type type) {
        const struct dovecot_groups *groups = &reader->groups;
        size_t count = groups->use_count; /* a group cannot use another */
        int r = 0;

        for (size_t i = 0; i < groups->count; i++)
                for (size_t k = 0; r >= 0 && k < count; k++)
                        if (groups->uses[k].section.type == type &&
                            dovecot_groups_has(&groups->items[i], &groups->uses[k]))
                                r = apply_group(reader, i, groups->uses[k].section);
        return r;
}

/* What a line sets is stronger than a group, wherever it is, and a group of an inner block is
 * stronger than one of an outer. */
static int apply_groups(struct reader *reader) {
        static const enum dovecot_section_type TYPES[] = {
                DOVECOT_SECTION_ROOT,
                DOVECOT_SECTION_SERVICE,
                DOVECOT_SECTION_LISTENER,
        };
        int r = dovecot_settings_fix(&reader->settings);

        reader->applies_groups = true;
        for (size_t i = 0; r >= 0 && i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
                r = apply_groups_in(reader, TYPES[i]);
        return r;
}

static int read_content(struct included_files *files, const char *path, char *content) {
        unsigned number = 0;
        char *line;
        int r = 0;

        while (r >= 0 && (line = strsep(&content, "\n")))
                r = read_line(files->data, path, ++number, line);
        return r;
}

/* Of 2.3. Debian builds it without protocols, and each package adds its own. */
static int set_default_protocols(struct reader *reader) {
        struct dovecot_value *protocols;
        struct stat st;
        int r;

        if (tree_stat(reader->values.tree, "/usr/share/dovecot/protocols.d", &st) == 0)
                return 0;
        r = dovecot_settings_add(&reader->settings, "protocols", &protocols);
        return r < 0 ? r : text_set(&protocols->value, "imap pop3 lmtp");
}

static int know_keywords(void) {
        static const char *const KEYWORDS[] = { "listen", "address", "inet_listener_listen",
                                                "inet_listener_address" };
        int r = 0;

        for (size_t i = 0; i < sizeof(KEYWORDS) / sizeof(KEYWORDS[0]) && r >= 0; i++)
                r = private_files_allow(KEYWORDS[i]);
        return r;
}

/* -c names another file. */
static const char *choose_config(const struct source *source) {
        const char *config =
                source->config->count > 0 ? source->config->items[source->config->count - 1] : NULL;

        for (size_t i = 0; source->arguments && i + 1 < source->arguments->count; i++)
                if (strcmp(source->arguments->items[i], "-c") == 0 &&
                    source->arguments->items[i + 1][0] == '/')
                        config = source->arguments->items[i + 1];
        return config;
}

static void reader_clear(struct reader *reader) {
        dovecot_settings_clear(&reader->settings);
        dovecot_groups_clear(&reader->groups);
        free(reader->protocol);
        free(reader->before);
}

int dovecot_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear) struct reader reader = { .addresses = ret };
        const char *config = choose_config(source);
        int r = know_keywords();

        reader.files = (struct included_files){
                .tree = tree,
                .read = read_content,
                .data = &reader,
        };
        reader.values = (struct dovecot_values){
                .tree = tree,
                .environment = source->environment,
                .settings = &reader.settings,
        };
        if (r >= 0)
                r = dovecot_settings_init(&reader.settings);
        if (r >= 0)
                r = set_default_protocols(&reader);
        if (r >= 0 && config)
                r = included_files_read(&reader.files, config, NULL);
        if (r == -EISDIR)
                r = 0;
        if (r >= 0)
                r = apply_groups(&reader);
        return r < 0 ? r : dovecot_settings_resolve(&reader.settings, ret);
}
