/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * tor: options in the defaults file, in torrc and on the command line
 *
 * src/lib/encoding/confline.c has the lines, config_assign_value() of src/lib/confmgt/confmgt.c how
 * one source adds to the one before: an option replaces what an earlier source says, "+" in front
 * of it adds to that, "/" clears it. port_parse_config() of src/app/config/config.c has the values.
 */

#include "common/array.h"
#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "formats/word-lines.h"
#include "input/private-files.h"

#include <string.h>

static const struct scanner_syntax SYNTAX = {
        .comments = "#",
        .comments_in_words = true,
        .quotes = "\"",
        .joins_lines = true,
        .lines = true,
};

static const char *const OPTIONS[] = {
        "ControlPort", "DirPort",  "DNSPort", "ExtORPort", "HTTPTunnelPort",
        "MetricsPort", "NATDPort", "ORPort",  "SocksPort", "TransPort",
};

enum { OPTION_COUNT = sizeof(OPTIONS) / sizeof(OPTIONS[0]), CONTROL_PORT = 0, METRICS_PORT = 5 };

struct port {
        size_t option; /* index in OPTIONS */
        char *value;   /* NULL: replaced or cleared */
        char *file;
        unsigned line;
        char *text;
        unsigned origin; /* which source says so */
};

struct reader {
        struct included_files files;
        struct port *ports;
        size_t count;
        unsigned origin;             /* of what is being read */
        bool extended[OPTION_COUNT]; /* by the present source: "+" keeps what others say */
        bool disable_network;        /* DisableNetwork 1: only the control port is opened */
};

static void port_clear(struct port *port) {
        free(port->value);
        free(port->file);
        free(port->text);
        *port = (struct port){ 0 };
}

static void reader_clear(struct reader *reader) {
        for (size_t i = 0; i < reader->count; i++)
                port_clear(&reader->ports[i]);
        free(reader->ports);
}

/* Forgets the ports of an option; those of the present source only if @also_own. */
static void forget(struct reader *reader, size_t option, bool also_own) {
        for (size_t i = 0; i < reader->count; i++) {
                struct port *port = &reader->ports[i];

                if (port->option == option && (also_own || port->origin != reader->origin)) {
                        free(port->value);
                        port->value = NULL;
                }
        }
}

static int add_port(struct reader *reader, size_t option, const char *value, const char *file,
                    unsigned line, const char *text) {
        struct port port = { .option = option, .line = line, .origin = reader->origin };

        if (reader->count == ADDRESS_LIST_MAX)
                return 0;
        if (array_make_room(reader->ports, reader->count) < 0)
                return -ENOMEM;
        port.value = strdup(value);
        port.file = strdup(file);
        port.text = strdup(text);
        if (!port.value || !port.file || !port.text) {
                port_clear(&port);
                return -ENOMEM;
        }
        reader->ports[reader->count++] = port;
        return 0;
}

/* @values: flags behind the first one, such as NoListen */
static int set(struct reader *reader, const char *name, char *const *values, size_t count,
               const char *file, unsigned line, const char *text) {
        char prefix = '\0';

        if (*name == '+' || *name == '/')
                prefix = *name++;
        if (strcasecmp(name, "DisableNetwork") == 0 && count > 0)
                reader->disable_network = strcmp(values[0], "1") == 0;
        for (size_t i = 0; i < OPTION_COUNT; i++) {
                if (strcasecmp(name, OPTIONS[i]) != 0)
                        continue;
                if (prefix == '/') {
                        forget(reader, i, true);
                        return 0;
                }
                if (prefix == '+')
                        reader->extended[i] = true;
                else if (!reader->extended[i])
                        forget(reader, i, false);
                for (size_t k = 1; k < count; k++)
                        if (strcasecmp(values[k], "NoListen") == 0)
                                return 0;
                return count > 0 ? add_port(reader, i, values[0], file, line, text) : 0;
        }
        return 0;
}

/* A directory stands for its files, in the order of their names; hidden ones are skipped. */
static int include(struct reader *reader, const char *path, const struct word_line *line) {
        CLEANUP(freep) char *pattern = included_files_resolve("/", line->words.items[1]);
        CLEANUP(freep) char *inside = NULL;
        struct stat st;

        if (!pattern)
                return -ENOMEM;
        if (tree_stat(reader->files.tree, pattern, &st) < 0 || !S_ISDIR(st.st_mode))
                return included_files_read_pattern(&reader->files, path, line->line, pattern);
        if (asprintf(&inside, "%s/*", pattern) < 0)
                return -ENOMEM;
        return included_files_read_pattern(&reader->files, path, line->line, inside);
}

static int read_file(struct included_files *files, const char *path, char *content) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        CLEANUP(word_line_clear) struct word_line line = { 0 };
        struct reader *reader = files->data;
        int r;

        r = scanner_init(&scanner, &SYNTAX, content);
        while (r >= 0 && !files->stopped && (r = word_line_next(&scanner, &line)) > 0) {
                const struct string_list *words = &line.words;

                if (strcmp(words->items[0], "%include") == 0 && words->count > 1)
                        r = include(reader, path, &line);
                else
                        r = set(reader, words->items[0], words->items + 1, words->count - 1, path,
                                line.line, line.text);
        }
        return r < 0 ? r : 0;
}

static int read_source(struct reader *reader, const char *path) {
        int r;

        reader->origin++;
        memset(reader->extended, 0, sizeof(reader->extended));
        r = included_files_read(&reader->files, path, NULL);
        return r == -EISDIR ? 0 : r;
}

/* @path: "--defaults-torrc FILE"; NULL if there is none */
static const char *find_defaults(const struct string_list *arguments) {
        for (size_t i = 0; i + 1 < arguments->count; i++)
                if (strcmp(arguments->items[i], "--defaults-torrc") == 0)
                        return arguments->items[i + 1];
        return NULL;
}

/* "--OPTION VALUE": the last source. */
static int read_arguments(struct reader *reader, const struct source *source) {
        const struct string_list *arguments = source->arguments;
        int r = 0;

        reader->origin++;
        memset(reader->extended, 0, sizeof(reader->extended));
        for (size_t i = 0; r >= 0 && i + 1 < arguments->count; i++) {
                CLEANUP(freep) char *value = NULL;
                char *words[3] = { NULL };
                size_t count = 0;
                char *rest;

                if (strncmp(arguments->items[i], "--", 2) != 0)
                        continue;
                rest = value = strdup(arguments->items[i + 1]);
                if (!value)
                        return -ENOMEM;
                while (count < 3 && (words[count] = strsep(&rest, LINE_WHITESPACE)))
                        count++;
                r = set(reader, arguments->items[i] + 2, words, count, source->arguments_file,
                        source->arguments_line, arguments->items[i + 1]);
        }
        return r;
}

/* "[ADDR]:PORT"; a port alone is on the loopback interface, or on all addresses. */
static int add_address(const struct port *port, struct address_list *ret) {
        const char *end = strrchr(port->value, ':');
        CLEANUP(freep) char *host = NULL;

        if (!end || strncasecmp(port->value, "unix:", 5) == 0)
                return 0;
        host = strndup(port->value, (size_t)(end - port->value));
        if (!host)
                return -ENOMEM;
        return host_add_bracketed(ret, host, port->file, port->line, port->text);
}

static int add_addresses(const struct reader *reader, struct address_list *ret) {
        bool has_metrics = false;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < reader->count; i++) {
                const struct port *port = &reader->ports[i];

                if (!port->value || (reader->disable_network && port->option != CONTROL_PORT))
                        continue;
                /* tor 0.4.7 to 0.4.9 open the first MetricsPort only. */
                if (port->option == METRICS_PORT && has_metrics)
                        continue;
                has_metrics |= port->option == METRICS_PORT;
                r = add_address(port, ret);
        }
        return r;
}

int tor_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = { .files = { .tree = tree, .read = read_file } };
        const char *defaults = source->arguments ? find_defaults(source->arguments) : NULL;
        int r = 0;

        reader.files.data = &reader;
        for (size_t i = 0; r >= 0 && i < OPTION_COUNT; i++)
                r = private_files_allow(OPTIONS[i]);
        if (r >= 0 && defaults && defaults[0] == '/')
                r = read_source(&reader, defaults);
        for (size_t i = 0; r >= 0 && i < source->config->count; i++)
                r = read_source(&reader, source->config->items[i]);
        if (r >= 0 && source->arguments)
                r = read_arguments(&reader, source);
        return r < 0 ? r : add_addresses(&reader, ret);
}
