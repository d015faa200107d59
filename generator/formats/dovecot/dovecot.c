/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Dovecot 2.3 and 2.4: services with their listeners, in blocks that come again
 *
 * config_parser_apply_line() in config/config-parser.c. A file that begins with
 * dovecot_config_version is one of 2.4. Blocks such as protocol and remote hold for some
 * connections only: what they say is nothing to the master process, which binds. A group of 2.4 is
 * not read: what it would change is unknown where the group is used.
 */

#include "common/cleanup.h"
#include "formats/brace-expansion.h"
#include "formats/dovecot/dovecot-groups.h"
#include "formats/dovecot/dovecot-settings.h"
#include "formats/dovecot/dovecot-values.h"
#include "formats/format.h"
#include "formats/included-files.h"
#include "input/private-files.h"
#include "log.h"

#include <arpa/inet.h>
#include <string.h>

enum section_type {
        ROOT,
        SERVICE,
        LISTENER,
        LISTEN,
        PROTOCOLS,
        ADDRESSES,
        SERVICE_ADDRESSES,
        OTHER
};

struct section {
        enum section_type type;
        size_t index; /* of a service or listener */
};

/* Deeper ones hold nothing of interest. */
enum { SECTIONS_MAX = 8 };

struct reader {
        struct included_files files;
        struct dovecot_settings settings;
        struct dovecot_values values;
        struct address_list *addresses;
        struct section sections[SECTIONS_MAX]; /* [0] is outside of all blocks */
        size_t depth;                          /* of the present one */
        struct dovecot_groups groups;
        bool has_settings;
        char *before; /* a line that is continued */
};

/* A line of a file. */
struct place {
        const char *file;
        unsigned line;
        const char *text;
};

static struct section current(const struct reader *reader) {
        static const struct section deep = { .type = OTHER };

        return reader->depth < SECTIONS_MAX ? reader->sections[reader->depth] : deep;
}

static bool is_yes(const char *text) {
        return text[0] && strchr("yY1tT", text[0]);
}

static int set_text(char **text, const char *value) {
        free(*text);
        *text = strdup(value);
        return *text ? 0 : -ENOMEM;
}

/* "inet_listener_port" is "port" within inet_listener. */
static const char *without_prefix(const char *key, const char *prefix) {
        size_t length = strlen(prefix);

        return strncmp(key, prefix, length) == 0 ? key + length : key;
}

static int set_addresses(struct dovecot_listen *listen, const char *value,
                         const struct place *place) {
        listen->is_whole = value[0];
        return dovecot_value_set(&listen->addresses, value, place->file, place->line, place->text);
}

static int set_listener(struct reader *reader, size_t index, const char *key, const char *value,
                        const struct place *place) {
        struct dovecot_listener *listener = &reader->settings.listeners[index];

        if (strcmp(key, reader->values.is_2_4 ? "listen" : "address") == 0)
                return set_addresses(&listener->listen, value, place);
        key = without_prefix(key, "inet_listener_");
        if (strcmp(key, "port") == 0)
                return dovecot_value_set(&listener->port, value, place->file, place->line,
                                         place->text);
        if (strcmp(key, "ssl") == 0)
                listener->ssl = is_yes(value);
        return 0;
}

static int set_service(struct reader *reader, size_t index, const char *key, const char *value,
                       const struct place *place) {
        struct dovecot_service *service = &reader->settings.services[index];

        if (reader->values.is_2_4 && strcmp(key, "listen") == 0)
                return set_addresses(&service->listen, value, place);
        key = without_prefix(key, "service_");
        if (strcmp(key, "protocol") == 0)
                return set_text(&service->protocol, value);
        if (strcmp(key, "executable") == 0)
                service->has_program = value[0];
        return 0;
}

static bool is_address(const char *word) {
        CLEANUP(freep)
        char *bare = word[0] == '[' ? strndup(word + 1, strlen(word + 1) - 1) : strdup(word);
        struct in6_addr address;

        return bare && (strcmp(bare, "*") == 0 || inet_pton(AF_INET, bare, &address) == 1 ||
                        inet_pton(AF_INET6, bare, &address) == 1);
}

/* "HOST:PORT" of Dovecot 1, which 2.3 recognizes by a word that is no address:
 * listen_has_port() in config/old-set-parser.c. Cuts the port off. */
static int cut_old_port(char *value) {
        CLEANUP(freep) char *copy = strdup(value);
        char *colon = strrchr(value, ':'), *cursor = copy, *word;

        if (!copy)
                return -ENOMEM;
        while (colon && (word = strsep(&cursor, ", ")))
                if (word[0] && !is_address(word)) {
                        *colon = '\0';
                        break;
                }
        return 0;
}

static int set_root(struct reader *reader, const char *key, const char *value,
                    const struct place *place) {
        struct dovecot_value *setting;
        int r = dovecot_settings_add(&reader->settings, key, &setting);

        if (r < 0 || !setting)
                return r;
        return dovecot_value_set(setting, value, place->file, place->line, place->text);
}

/* "item = yes" adds to a list, "item = no" takes away. */
static int change_list(struct dovecot_value *list, const char *item, bool present,
                       const struct place *place) {
        CLEANUP(freep) char *old = strdup(list->value ? list->value : "");
        CLEANUP(freep) char *changed = NULL;
        size_t size;
        FILE *out = old ? open_memstream(&changed, &size) : NULL;
        char *cursor = old, *word;

        if (!out)
                return -ENOMEM;
        while ((word = strsep(&cursor, ", ")))
                if (word[0] && strcmp(word, item) != 0)
                        (void)fprintf(out, "%s ", word);
        if (present)
                (void)fputs(item, out);
        if (fclose(out) != 0)
                return -ENOMEM;
        return dovecot_value_set(list, changed, place->file, place->line, place->text);
}

static int change_root_list(struct reader *reader, const char *name, const char *item,
                            const char *value, const struct place *place) {
        struct dovecot_value *list;
        int r = dovecot_settings_add(&reader->settings, name, &list);

        return r < 0 || !list ? r : change_list(list, item, is_yes(value), place);
}

static int set(struct reader *reader, struct section section, const char *key, const char *value,
               const struct place *place) {
        switch (section.type) {
        case ROOT:
                return set_root(reader, key, value, place);
        case SERVICE:
                return set_service(reader, section.index, key, value, place);
        case LISTENER:
                return set_listener(reader, section.index, key, value, place);
        case LISTEN:
                return change_root_list(reader, "listen", key, value, place);
        case PROTOCOLS:
                return change_root_list(reader, "protocols", key, value, place);
        case ADDRESSES:
                return change_list(&reader->settings.listeners[section.index].listen.addresses, key,
                                   is_yes(value), place);
        case SERVICE_ADDRESSES:
                return change_list(&reader->settings.services[section.index].listen.addresses, key,
                                   is_yes(value), place);
        case OTHER:
                break;
        }
        return 0;
}

/* @key, @name: as in "key name {" */
static int enter(struct reader *reader, struct section outer, const char *key, const char *name,
                 struct section *ret) {
        int r = 0;

        *ret = (struct section){ .type = OTHER };
        if (outer.type == ROOT && strcmp(key, "service") == 0) {
                ret->type = SERVICE;
                r = dovecot_settings_add_service(&reader->settings, name, &ret->index);
        } else if (outer.type == SERVICE && strcmp(key, "inet_listener") == 0) {
                ret->type = LISTENER;
                r = dovecot_settings_add_listener(&reader->settings, outer.index, name,
                                                  &ret->index);
        } else if (outer.type == ROOT && strcmp(key, "listen") == 0) {
                ret->type = LISTEN;
        } else if (outer.type == ROOT && strcmp(key, "protocols") == 0) {
                ret->type = PROTOCOLS;
        } else if ((outer.type == LISTENER || outer.type == SERVICE) &&
                   strcmp(key, "listen") == 0) {
                ret->type = outer.type == LISTENER ? ADDRESSES : SERVICE_ADDRESSES;
                ret->index = outer.index;
        }
        if (r == -E2BIG)
                ret->type = OTHER;
        return r == -E2BIG ? 0 : r;
}

/* "service/imap-login/inet_listener/imap/port" and "listen/ADDRESS" of 2.4:
 * config_apply_line_full(). */
static int set_path(struct reader *reader, const struct dovecot_line *line, const char *value,
                    const struct place *place) {
        CLEANUP(freep) char *path = strdup(line->key);
        struct section section = current(reader);
        char *key = path, *rest;
        int r = 0;

        if (!path)
                return -ENOMEM;
        while (r >= 0 && section.type != OTHER && (rest = strchr(key, '/'))) {
                bool has_name = strncmp(key, "service/", rest + 1 - key) == 0 ||
                                strncmp(key, "inet_listener/", rest + 1 - key) == 0;
                char *name = rest + 1;

                *rest = '\0';
                rest = has_name ? strchr(name, '/') : rest;
                if (!rest)
                        return 0;
                if (has_name)
                        *rest = '\0';
                r = enter(reader, section, key, name, &section);
                key = rest + 1;
        }
        return r < 0 ? r : set(reader, section, key, value, place);
}

/* Whether a value decides what is bound, so that it has to be known. */
static bool matters(struct section section, const char *key) {
        static const char *const KEYS[] = { "listen", "address", "port", "protocols", "ssl" };

        if (section.type == OTHER)
                return false;
        for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
                if (strcmp(without_prefix(key, "inet_listener_"), KEYS[i]) == 0)
                        return true;
        return false;
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
        if (protocols && set_text(&protocols->value, "") < 0)
                return -ENOMEM;
        return dovecot_settings_add_2_4(&reader->settings);
}

/* "listen" in "protocol imap" was an address of its listeners. */
static bool is_of_dovecot_1(const struct reader *reader, const char *key) {
        return strcmp(key, "ssl_listen") == 0 ||
               (strcmp(key, "listen") == 0 && current(reader).type == OTHER && reader->depth == 1);
}

static bool is_old_listen(const struct reader *reader, const struct dovecot_line *line) {
        return !reader->values.is_2_4 && line->type == DOVECOT_LINE_VALUE &&
               current(reader).type == ROOT && strcmp(line->key, "listen") == 0;
}

static int read_value(struct reader *reader, const struct dovecot_line *line,
                      const struct place *place) {
        CLEANUP(freep) char *value = NULL;
        bool is_needed = matters(current(reader), line->key);
        int r;

        r = begin_settings(reader, line->key);
        if (r >= 0)
                r = dovecot_groups_read(&reader->groups, current(reader).type != OTHER, line,
                                        place->file, place->line, place->text);
        if (r < 0)
                return r;
        if (!reader->values.is_2_4 && is_of_dovecot_1(reader, line->key))
                return address_list_add_unknown(reader->addresses, place->file, place->line,
                                                line->value, "this is the language of Dovecot 1");
        if (line->type == DOVECOT_LINE_FILE && !is_needed) /* certificates and the like */
                return 0;
        r = dovecot_value_expand(&reader->values, line, place->file, &value);
        if (r >= 0 && is_old_listen(reader, line))
                r = cut_old_port(value);
        if (r == -EINVAL && is_needed)
                return address_list_add_unknown(reader->addresses, place->file, place->line,
                                                line->value, "this value is not known at boot");
        if (r < 0)
                return r == -EINVAL ? 0 : r;
        return reader->values.is_2_4 ? set_path(reader, line, value, place)
                                     : set(reader, current(reader), line->key, value, place);
}

static int begin(struct reader *reader, const struct dovecot_line *line,
                 const struct place *place) {
        struct section inner;
        int r;

        reader->has_settings = true;
        r = enter(reader, current(reader), line->key, line->value, &inner);
        if (r >= 0)
                r = dovecot_groups_begin(&reader->groups, reader->depth, line, place->file,
                                         place->line, place->text);
        reader->depth++;
        if (reader->depth < SECTIONS_MAX)
                reader->sections[reader->depth] = inner;
        return r;
}

static int include_pattern(struct reader *reader, const struct dovecot_line *line,
                           const char *pattern, const struct place *place) {
        int r;

        if (line->type == DOVECOT_LINE_INCLUDE || strpbrk(pattern, "*?["))
                return included_files_read_pattern(&reader->files, place->file, place->line,
                                                   pattern);
        r = included_files_read(&reader->files, pattern, NULL);
        return r == -EISDIR ? 0 : r;
}

/* settings_include() calls glob(3) with GLOB_BRACE. */
static int include(struct reader *reader, const struct dovecot_line *line,
                   const struct place *place) {
        CLEANUP(freep) char *pattern = included_files_resolve(place->file, line->value);
        CLEANUP(string_list_clear) struct string_list patterns = { 0 };
        int r = pattern ? brace_expand(pattern, &patterns) : -ENOMEM;

        if (r == -E2BIG) {
                log_warning(place->file, place->line, "Too many braces, ignoring: %s", place->text);
                return 0;
        }
        for (size_t i = 0; r >= 0 && i < patterns.count; i++)
                r = include_pattern(reader, line, patterns.items[i], place);
        return r;
}

static int apply(struct reader *reader, const struct dovecot_line *line,
                 const struct place *place) {
        switch (line->type) {
        case DOVECOT_LINE_VALUE:
        case DOVECOT_LINE_VARIABLES:
        case DOVECOT_LINE_FILE:
                return read_value(reader, line, place);
        case DOVECOT_LINE_BEGIN:
                return begin(reader, line, place);
        case DOVECOT_LINE_END:
                reader->depth -= reader->depth > 0;
                dovecot_groups_end(&reader->groups, reader->depth);
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
        const struct place place = { path, number, shown };
        struct dovecot_line line;
        int r;

        if (!shown)
                return -ENOMEM;
        before = TAKE_POINTER(reader->before);
        r = dovecot_line_parse(text, &before, &line);
        if (r >= 0 && line.type == DOVECOT_LINE_CONTINUED)
                reader->before = TAKE_POINTER(before);
        return r < 0 ? r : apply(reader, &line, &place);
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
        return r < 0 ? r : set_text(&protocols->value, "imap pop3 lmtp");
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
                r = dovecot_groups_add_unknown(&reader.groups, ret);
        return r < 0 ? r : dovecot_settings_resolve(&reader.settings, ret);
}
