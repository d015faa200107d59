/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The files from which podman's generator makes units (podman-systemd.unit(5), "Quadlets")
 *
 * They have the syntax of units. Addresses are in PublishPort=, and in the options of `podman run`
 * that PodmanArgs= adds. The ports in the YAML file of a Kubernetes unit are not read.
 */

#include "common/array.h"
#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/text.h"
#include "formats/format.h"
#include "formats/quadlet/publish.h"
#include "input/private-files.h"
#include "input/quoted-word.h"
#include "input/unit-file.h"

#include <string.h>

/* The lists of settings, each of which an empty value clears. */
enum list { PUBLISH_PORT, PODMAN_ARGS, NETWORK, LISTS };

static const char *const KEYS[LISTS] = {
        [PUBLISH_PORT] = "PublishPort",
        [PODMAN_ARGS] = "PodmanArgs",
        [NETWORK] = "Network",
};

struct setting {
        char *value, *text; /* the value, and "KEY=VALUE" */
        const char *file;   /* borrowed */
        unsigned line;
};

struct settings_of_list {
        struct setting *items;
        size_t count;
};

struct reader {
        const char *section; /* by the type of the file */
        const char *file;
        const char *instance;
        struct settings_of_list lists[LISTS];
};

static void clear_list(struct settings_of_list *list) {
        for (size_t i = 0; i < list->count; i++) {
                free(list->items[i].value);
                free(list->items[i].text);
        }
        free(list->items);
        *list = (struct settings_of_list){ 0 };
}

static void reader_clear(struct reader *reader) {
        for (size_t i = 0; i < LISTS; i++)
                clear_list(&reader->lists[i]);
}

static int add(struct reader *reader, enum list which, const char *value, unsigned line) {
        struct settings_of_list *list = &reader->lists[which];
        struct setting *setting;

        if (!value[0]) {
                clear_list(list);
                return 0;
        }
        if (array_make_room(list->items, list->count) < 0)
                return -ENOMEM;
        setting = &list->items[list->count++];
        *setting = (struct setting){ .file = reader->file, .line = line };
        setting->value = strdup(value);
        if (asprintf(&setting->text, "%s=%s", KEYS[which], value) < 0)
                setting->text = NULL;
        return setting->value && setting->text ? 0 : -ENOMEM;
}

static int parse_setting(const char *section, const char *key, const char *value, unsigned line,
                         void *data) {
        struct reader *reader = data;

        if (strcmp(section, reader->section) != 0)
                return 0;
        for (int i = 0; i < LISTS; i++)
                if (strcmp(key, KEYS[i]) == 0)
                        return add(reader, (enum list)i, value, line);
        return 0;
}

static const char *section_of(const char *file) {
        const char *suffix = strrchr(file, '.');

        if (suffix && strcmp(suffix, ".pod") == 0)
                return "Pod";
        return suffix && strcmp(suffix, ".kube") == 0 ? "Kube" : "Container";
}

/* Whoever reads the unit logs that a file cannot be read. */
static int read_file(struct tree *tree, const char *path, struct reader *reader) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        int r = tree_read(tree, path, &text, &size);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        reader->file = path;
        return unit_file_parse(text, size, parse_setting, reader);
}

/* The value is a word of ExecStart= in the unit that podman writes: "%i" and "%%" have a meaning
 * there (systemd.unit(5)). */
static char *expand(const char *value, const char *instance) {
        CLEANUP(freep) char *result = NULL;
        size_t size;
        FILE *out = open_memstream(&result, &size);

        if (!out)
                return NULL;
        for (const char *p = value; *p; p++) {
                bool is_instance = p[0] == '%' && p[1] == 'i' && instance;

                if (is_instance)
                        (void)fputs(instance, out);
                else
                        (void)putc(*p, out);
                p += is_instance || (p[0] == '%' && p[1] == '%');
        }
        return memstream_close(out, &result) == 0 ? TAKE_POINTER(result) : NULL;
}

/* Whether systemd replaces more of the address than expand() does. */
static bool is_variable(const char *value, const char *instance) {
        const char *end = value + strcspn(value, value[0] == '[' ? "]" : ":");

        for (const char *p = value; p < end; p++) {
                bool is_known = p[0] == '%' && (p[1] == '%' || (p[1] == 'i' && instance));

                if (!is_known && strchr("$%", *p))
                        return true;
                p += is_known;
        }
        return false;
}

static int add_port(const char *value, const struct setting *setting, const struct reader *reader,
                    struct address_list *ret) {
        const struct publish_origin origin = { setting->file, setting->line, setting->text };
        CLEANUP(freep) char *expanded = NULL;

        if (!is_variable(value, reader->instance)) {
                expanded = expand(value, reader->instance);
                return expanded ? publish_add(expanded, &origin, ret) : -ENOMEM;
        }
        if (!reader->instance && strstr(value, "%i")) /* of a template: an instance will be known */
                return 0;
        return address_list_add_unknown(ret, setting->file, setting->line, setting->text,
                                        "what systemd replaces in it is not known");
}

/* The value of an option of podman, as pflag takes it: "-pVALUE", "--publish=VALUE", or in the next
 * word. @rest: receives the value in the same word, or NULL. Return: whether it is that option. */
static bool is_option(const char *word, const char *short_name, const char *long_name,
                      const char **rest) {
        size_t length = strlen(long_name);

        *rest = NULL;
        if (short_name && strncmp(word, short_name, strlen(short_name)) == 0) {
                *rest = word[2] == '=' ? word + 3 : word[2] ? word + 2 : NULL;
                return true;
        }
        if (strncmp(word, long_name, length) != 0 || (word[length] && word[length] != '='))
                return false;
        *rest = word[length] ? word + length + 1 : NULL;
        return true;
}

static bool is_without_ports(const char *network) {
        return strcmp(network, "host") == 0 || strcmp(network, "none") == 0;
}

/* The words of PodmanArgs= of one option each. Receives what is @pending from word to word. */
struct arguments {
        bool next_is_port, next_is_network;
        bool without_ports; /* --network=host */
};

static int read_word(const char *word, const struct setting *setting, const struct reader *reader,
                     struct arguments *arguments, struct address_list *ret) {
        bool is_port = arguments->next_is_port, is_network = arguments->next_is_network;
        const char *value = word;

        arguments->next_is_port = arguments->next_is_network = false;
        if (!is_port && !is_network) {
                is_port = is_option(word, "-p", "--publish", &value);
                if (!is_port)
                        is_network = is_option(word, NULL, "--network", &value) ||
                                     is_option(word, NULL, "--net", &value);
                arguments->next_is_port = is_port && !value;
                arguments->next_is_network = is_network && !value;
        }
        if (is_network && value)
                arguments->without_ports |= is_without_ports(value);
        return is_port && value ? add_port(value, setting, reader, ret) : 0;
}

static int read_arguments(const struct reader *reader, struct arguments *arguments,
                          struct address_list *ret) {
        const struct settings_of_list *list = &reader->lists[PODMAN_ARGS];

        for (size_t i = 0; i < list->count; i++) {
                const char *cursor = list->items[i].value;
                int r = 1;

                while (r > 0) {
                        CLEANUP(freep) char *word = NULL;

                        /* An open quotation mark: podman leaves out all of it. */
                        r = quoted_word_next(&cursor, QUOTED_ESCAPES_OR_TEXT, &word);
                        if (r > 0 && read_word(word, &list->items[i], reader, arguments, ret) < 0)
                                r = -ENOMEM;
                        if (r == -ENOMEM)
                                return r;
                }
        }
        return 0;
}

static int read_ports(const struct reader *reader, struct address_list *ret) {
        const struct settings_of_list *ports = &reader->lists[PUBLISH_PORT];
        const struct settings_of_list *networks = &reader->lists[NETWORK];
        CLEANUP(address_list_clear) struct address_list of_arguments = { 0 };
        struct arguments arguments = { 0 };
        int r;

        for (size_t i = 0; i < networks->count; i++)
                arguments.without_ports |= is_without_ports(networks->items[i].value);
        r = read_arguments(reader, &arguments, &of_arguments);
        /* podman publishes no port there: the container has the machine's network, or none. */
        if (r < 0 || arguments.without_ports)
                return r;
        for (size_t i = 0; r >= 0 && i < ports->count; i++)
                r = add_port(ports->items[i].value, &ports->items[i], reader, ret);
        for (size_t i = 0; r >= 0 && i < of_arguments.count; i++) {
                const struct address *address = &of_arguments.items[i];

                r = address_list_add(ret, &address->pattern, address->file, address->line,
                                     address->text);
        }
        return r;
}

int quadlet_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear) struct reader reader = { .instance = source->instance };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < LISTS; i++)
                r = private_files_allow(KEYS[i]);
        if (source->config->count > 0)
                reader.section = section_of(source->config->items[0]);
        for (size_t i = 0; r >= 0 && i < source->config->count; i++)
                r = read_file(tree, source->config->items[i], &reader);
        return r < 0 ? r : read_ports(&reader, ret);
}
