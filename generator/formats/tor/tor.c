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
        .comments_in_joined_lines = true,
        .lines = true,
};

static const char *const OPTIONS[] = {
        "ControlPort", "DirPort",  "DNSPort", "ExtORPort", "HTTPTunnelPort",
        "MetricsPort", "NATDPort", "ORPort",  "SocksPort", "TransPort",
};

enum {
        OPTION_COUNT = sizeof(OPTIONS) / sizeof(OPTIONS[0]),
        CONTROL_PORT = 0,
        DIR_PORT = 1,
        EXT_OR_PORT = 3,
        METRICS_PORT = 5,
        OR_PORT = 7,
        /* Each again as "__OPTION", which tor does not save: an option of its own, so it replaces
         * others of this name only. */
        NAME_COUNT = 2 * OPTION_COUNT,
};

/* Options without a value, and with one that is no setting (CMDLINE_ONLY_OPTIONS in config.c). */
static const char *const VALUELESS[] = {
        "allow-missing-torrc",
        "ignore-missing-torrc",
        "verify-config",
        "quiet",
        "hush",
        "keygen",
        "newpass",
        "no-passphrase",
};

struct port {
        size_t option; /* index in OPTIONS; of "__OPTION" OPTION_COUNT more */
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
        unsigned origin;           /* of what is being read */
        bool extended[NAME_COUNT]; /* by the present source: "+" keeps what others say */
        bool disable_network;      /* DisableNetwork 1: only the control port is opened */
        bool client_only;          /* ClientOnly 1: no port of a relay is opened */
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

/* find_option() of confmgt.c also takes the beginning of a name; only the last letter may be
 * missing here. Return: an index as in struct port, or NAME_COUNT. */
static size_t find_option(const char *name) {
        bool is_unsaved = strncmp(name, "__", 2) == 0;
        size_t length;

        name += is_unsaved ? 2 : 0;
        length = strlen(name);
        for (size_t i = 0; i < OPTION_COUNT; i++)
                if (strncasecmp(name, OPTIONS[i], length) == 0 && strlen(OPTIONS[i]) - length <= 1)
                        return is_unsaved ? i + OPTION_COUNT : i;
        return NAME_COUNT;
}

static bool has_word(char *const *words, size_t count, const char *word) {
        for (size_t i = 0; i < count; i++)
                if (strcasecmp(words[i], word) == 0)
                        return true;
        return false;
}

/* @values: flags behind the first one, such as NoListen */
static int set(struct reader *reader, const char *name, char *const *values, size_t count,
               const char *file, unsigned line, const char *text) {
        char prefix = '\0';
        size_t option;

        if (*name == '+' || *name == '/')
                prefix = *name++;
        if (strcasecmp(name, "DisableNetwork") == 0 && count > 0)
                reader->disable_network = strcmp(values[0], "1") == 0;
        if (strcasecmp(name, "ClientOnly") == 0 && count > 0)
                reader->client_only = strcmp(values[0], "1") == 0;
        option = find_option(name);
        if (option == NAME_COUNT)
                return 0;
        if (prefix == '/') {
                forget(reader, option, true);
                return 0;
        }
        if (prefix == '+')
                reader->extended[option] = true;
        else if (!reader->extended[option])
                forget(reader, option, false);
        if (count == 0 || has_word(values + 1, count - 1, "NoListen"))
                return 0;
        return add_port(reader, option, values[0], file, line, text);
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

/* @argument: "VALUE FLAG..." in one word */
static int set_argument(struct reader *reader, const struct source *source, const char *name,
                        const char *argument) {
        CLEANUP(freep) char *value = strdup(argument);
        char *words[3] = { NULL };
        char *rest = value;
        size_t count = 0;

        if (!value)
                return -ENOMEM;
        while (count < 3 && (words[count] = strsep(&rest, LINE_WHITESPACE)))
                count++;
        return set(reader, name, words, count, source->arguments_file, source->arguments_line,
                   argument);
}

/* config_parse_commandline(): "--OPTION VALUE", with one dash or none as well; "/OPTION" has no
 * value. This is the last source. */
static int read_arguments(struct reader *reader, const struct source *source) {
        const struct string_list *arguments = source->arguments;
        int r = 0;

        reader->origin++;
        memset(reader->extended, 0, sizeof(reader->extended));
        for (size_t i = 0; r >= 0 && i < arguments->count; i++) {
                const char *name = arguments->items[i];

                name += *name == '-';
                name += *name == '-';
                if (*name == '/')
                        r = set(reader, name, NULL, 0, source->arguments_file,
                                source->arguments_line, name);
                else if (i + 1 < arguments->count &&
                         !has_word((char *const *)VALUELESS,
                                   sizeof(VALUELESS) / sizeof(VALUELESS[0]), name))
                        r = set_argument(reader, source, name, arguments->items[++i]);
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

static bool is_opened(const struct reader *reader, const struct port *port) {
        size_t option = port->option % OPTION_COUNT;
        bool is_of_relay = option == OR_PORT || option == EXT_OR_PORT || option == DIR_PORT;

        if (!port->value || (reader->client_only && is_of_relay))
                return false;
        return !reader->disable_network || option == CONTROL_PORT;
}

static int add_addresses(const struct reader *reader, struct address_list *ret) {
        bool has_metrics = false;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < reader->count; i++) {
                const struct port *port = &reader->ports[i];

                bool is_metrics = port->option % OPTION_COUNT == METRICS_PORT;

                /* tor 0.4.7 to 0.4.9 open the first MetricsPort only. */
                if (!is_opened(reader, port) || (is_metrics && has_metrics))
                        continue;
                has_metrics |= is_metrics;
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
