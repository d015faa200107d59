/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "formats/pdns/pdns-assignments.h"
#include "formats/pdns/recursor-yaml.h"
#include "formats/unread-language.h"
#include "input/path.h"
#include "input/private-files.h"
#include "log.h"

#include <string.h>

struct reader {
        struct pdns_assignments assignments;
        struct address_list *found;
        bool may_be_yaml; /* it is a recursor */
        bool is_yaml;     /* the first file is; then those of include-dir are as well */
};

static void reader_clear(struct reader *reader) {
        pdns_assignments_clear(&reader->assignments);
}

static int read_yaml(struct reader *reader, const char *path, char *content) {
        CLEANUP(freep) char *copy = strdup(content);
        int r;

        if (!copy)
                return -ENOMEM;
        r = recursor_yaml_read(&reader->assignments, path, copy, reader->is_yaml);
        reader->is_yaml = true;
        if (r != -EINVAL)
                return r;
        return unread_language_mention(path, content, "YAML of this kind is not read",
                                       reader->found);
}

static int read_file(struct included_files *files, const char *path, char *content) {
        struct reader *reader = files->data;

        if (reader->is_yaml || (reader->may_be_yaml && yaml_is_likely(content)))
                return read_yaml(reader, path, content);
        return pdns_assignments_read(&reader->assignments, path, content);
}

static int compare_names(const void *a, const void *b) {
        return strcasecmp(*(char *const *)a, *(char *const *)b);
}

/* ArgvMap::gatherIncludes() in pdns/arguments.cc */
static int read_directory(struct included_files *files, const char *directory, const char *suffix) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r = tree_list(files->tree, directory, &names);

        if (r < 0 && r != -ENOMEM) {
                log_warning(directory, 0, "Cannot read: %s", tree_strerror(r));
                return 0;
        }
        if (names.count > 0)
                qsort(names.items, names.count, sizeof(*names.items), compare_names);
        for (size_t i = 0; i < names.count && r >= 0; i++) {
                const char *name = names.items[i];
                CLEANUP(freep) char *path = NULL;
                size_t length = strlen(name), end = strlen(suffix);

                if (name[0] == '.' || length < end || strcmp(name + length - end, suffix) != 0)
                        continue;
                if (path_join(directory, name, &path) < 0)
                        return -ENOMEM;
                r = included_files_read(files, path, NULL);
                if (r == -EISDIR)
                        r = 0;
        }
        return r < 0 ? r : 0;
}

/* Options of the command line override the files, since they are applied after them as well. */
static int read_options(struct reader *reader, const struct source *source) {
        int r = 0;

        for (size_t i = 0; source->arguments && i < source->arguments->count && r >= 0; i++) {
                const char *word = source->arguments->items[i];

                if (strncmp(word, "--", 2) == 0)
                        r = pdns_assignments_add(&reader->assignments, word + 2,
                                                 source->arguments_file, source->arguments_line,
                                                 word);
        }
        return r;
}

/* ArgvMap::mustDo() */
static bool is_on(const struct reader *reader, const char *name) {
        const char *value = pdns_assignments_get(&reader->assignments, name, "no");

        return strcmp(value, "no") != 0 && strcmp(value, "off") != 0;
}

/* ComboAddress(): "ADDRESS", "[ADDRESS]:PORT", "IPV4:PORT" */
static int add_address(struct reader *reader, const struct pdns_assignment *from, char *text) {
        CLEANUP(freep) char *copy = strdup(text);
        char *host = copy;
        struct pattern pattern;
        char *end;

        if (!copy)
                return -ENOMEM;
        end = host[0] == '[' ? strchr(++host, ']') : strchr(host, ':');
        if (end && (copy[0] == '[' || !strchr(end + 1, ':')))
                *end = '\0';
        if (host_parse_ipv4(host, &pattern) || pattern_parse_address(host, &pattern) == 0)
                return address_list_add(reader->found, &pattern, from->file, from->line,
                                        from->text);
        return address_list_add_unknown(reader->found, from->file, from->line, text,
                                        "not an address");
}

static int add_value(struct reader *reader, const struct pdns_assignment *from,
                     const char *separators) {
        CLEANUP(freep) char *values = strdup(from->value);
        char *rest = values;
        char *value;
        int r = 0;

        if (!values)
                return -ENOMEM;
        while (r >= 0 && (value = strsep(&rest, separators)))
                r = value[0] ? add_address(reader, from, value) : 0;
        return r;
}

/* The addresses of all assignments of a name that count. */
static int add_separated(struct reader *reader, const char *name, const char *separators) {
        const struct pdns_assignments *all = &reader->assignments;
        int r = 0;

        for (size_t i = pdns_assignments_first(all, name); i < all->count && r >= 0; i++)
                if (strcmp(all->items[i].name, name) == 0)
                        r = add_value(reader, &all->items[i], separators);
        return r;
}

static int add_values(struct reader *reader, const char *name) {
        return add_separated(reader, name, " ,");
}

static int collect_common(struct reader *reader, bool has_webserver) {
        int r = 0;

        if (!is_on(reader, "non-local-bind"))
                r = add_values(reader, "local-address");
        return r >= 0 && has_webserver ? add_values(reader, "webserver-address") : r;
}

/*
 * UDPNameserver and TCPNameserver in pdns/nameserver.cc and pdns/tcpreceiver.cc, AuthWebServer,
 * and main() in pdns/auth-main.cc: with primary or secondary the communicator binds one address of
 * each family at its start, of a list that parseQueryLocalAddress() splits. local-ipv6 was removed
 * in 4.5, "primary" was "master" before.
 */
static int collect_server(struct reader *reader) {
        bool communicates = is_on(reader, "primary") || is_on(reader, "secondary") ||
                            is_on(reader, "master") || is_on(reader, "slave") ||
                            pdns_assignments_get(&reader->assignments, "forward-notify", "")[0];
        int r;

        r = collect_common(reader, is_on(reader, "webserver") || is_on(reader, "api"));
        if (r >= 0 && !is_on(reader, "non-local-bind"))
                r = add_values(reader, "local-ipv6");
        if (r >= 0 && communicates && !is_on(reader, "non-local-bind"))
                r = add_separated(reader, "query-local-address", " ,;");
        return r >= 0 ? add_values(reader, "tcp-control-address") : r;
}

static int collect_recursor(struct reader *reader) {
        return collect_common(reader, is_on(reader, "webserver"));
}

static int know_keywords(void) {
        static const char *const KEYWORDS[] = { "local-address", "local-ipv6", "webserver-address",
                                                "query-local-address", "tcp-control-address" };
        int r = 0;

        for (size_t i = 0; i < sizeof(KEYWORDS) / sizeof(KEYWORDS[0]) && r >= 0; i++)
                r = private_files_allow(KEYWORDS[i]);
        return r;
}

/* --config-dir and --config-name of the command line. @config: of the definition. */
static int find_config(const struct reader *reader, const char *config, const char *name,
                       char **ret) {
        const char *directory = pdns_assignments_get(&reader->assignments, "config-dir", NULL);
        const char *instance = pdns_assignments_get(&reader->assignments, "config-name", "");
        int length = (int)(strrchr(config, '/') - config);

        if (!directory && !instance[0])
                *ret = strdup(config);
        else if (asprintf(ret, "%.*s/%s%s%s.conf", directory ? (int)strlen(directory) : length,
                          directory ? directory : config, name, instance[0] ? "-" : "",
                          instance) < 0)
                *ret = NULL;
        return *ret ? 0 : -ENOMEM;
}

static int read_config(struct included_files *files, const struct source *source,
                       const char *config, const char *name) {
        struct reader *reader = files->data;
        CLEANUP(freep) char *path = NULL, *directory = NULL;
        const char *included;
        int r;

        r = read_options(reader, source);
        if (r >= 0)
                r = find_config(reader, config, name, &path);
        if (r >= 0 && path[0] == '/')
                r = included_files_read(files, path, NULL);
        if (r < 0)
                return r == -EISDIR ? 0 : r;
        included = pdns_assignments_get(&reader->assignments, "include-dir", "");
        /* systemd starts daemons in "/" */
        directory = included[0] ? included_files_resolve("/.", included) : strdup("");
        if (!directory)
                return -ENOMEM;
        if (directory[0] == '/')
                r = read_directory(files, directory, reader->is_yaml ? ".yml" : ".conf");
        return r < 0 ? r : read_options(reader, source);
}

static int read_all(struct tree *tree, const struct source *source, const char *name,
                    int (*collect)(struct reader *reader), struct address_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = { .found = ret, .may_be_yaml = strcmp(name, "recursor") == 0 };
        struct included_files files = { .tree = tree, .read = read_file, .data = &reader };
        int r = know_keywords();

        for (size_t i = source->config->count; i > 0 && r >= 0; i--) {
                struct stat st;

                /* One of them; the last that exists. */
                if (i > 1 && tree_stat(tree, source->config->items[i - 1], &st) < 0)
                        continue;
                r = read_config(&files, source, source->config->items[i - 1], name);
                break;
        }
        return r < 0 ? r : collect(&reader);
}

int pdns_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        return read_all(tree, source, "pdns", collect_server, ret);
}

int pdns_recursor_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        return read_all(tree, source, "recursor", collect_recursor, ret);
}
