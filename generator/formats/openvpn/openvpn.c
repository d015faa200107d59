/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * OpenVPN 2: options in files and on the command line, in one order
 *
 * src/openvpn/options.c: parse_line() has the quotes and escapes, check_inline_file() the inline
 * blocks, add_option() the options. Of an option that comes again the last one counts; but since
 * 2.7, the first release where "local" may have a port, each "local" is one more socket. Of several
 * <connection> blocks the first is tried at the start; it has what is set before it.
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "formats/word-lines.h"
#include "input/private-files.h"

#include <string.h>

static const struct scanner_syntax SYNTAX = {
        .comments = "#;",
        .quotes = "\"'",
        .literal_quotes = "'",
        .escapes = true,
        .lines = true,
};

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Where an option was set last. */
struct setting {
        char *host;
        char *file;
        unsigned line;
        char *text;
};

struct options {
        struct included_files files;
        const struct source *source;
        size_t configs_read; /* of source->config */
        struct setting local, management, connection;
        struct address_list sockets; /* of each "local" outside of the blocks */
        bool local_has_port;         /* so they all count */
        bool in_connection;          /* within a <connection> block */
        bool knows_connection;       /* one block has begun */
        bool is_first;               /* within the first one */
        bool management_client;      /* it connects, and binds nothing */
};

/* A line of a file or an option of the command line. */
struct option {
        char **words;
        size_t count;
        const char *file;
        unsigned line;
        const char *text;
};

static void setting_clear(struct setting *setting) {
        free(setting->host);
        free(setting->file);
        free(setting->text);
        *setting = (struct setting){ 0 };
}

static int setting_set(struct setting *setting, const char *host, const struct option *option) {
        setting_clear(setting);
        setting->host = strdup(host);
        setting->file = strdup(option->file);
        setting->text = strdup(option->text);
        setting->line = option->line;
        return setting->host && setting->file && setting->text ? 0 : -ENOMEM;
}

static int setting_copy(struct setting *setting, const struct setting *from) {
        const struct option option = { .file = from->file, .line = from->line, .text = from->text };

        return from->host ? setting_set(setting, from->host, &option) : 0;
}

static void options_clear(struct options *options) {
        setting_clear(&options->local);
        setting_clear(&options->management);
        setting_clear(&options->connection);
        address_list_clear(&options->sockets);
}

static const char *option_name(const struct option *option) {
        const char *name = option->words[0];

        return strncmp(name, "--", 2) == 0 ? name + 2 : name;
}

/* openvpn opens it relative to its working directory, which its units set to that of the file. */
static int read_included(struct options *options, const struct option *option) {
        CLEANUP(freep) char *path = included_files_resolve(option->file, option->words[1]);
        int r;

        if (!path)
                return -ENOMEM;
        r = included_files_read_one(&options->files, option->file, option->line, path);
        return r == -EISDIR ? 0 : r;
}

/* add_option(): "setenv opt OPTION" is OPTION, which other versions need not know. */
static void skip_setenv_opt(struct option *option) {
        if (option->count >= 3 && strcmp(option_name(option), "setenv") == 0 &&
            strcmp(option->words[1], "opt") == 0) {
                option->words += 2;
                option->count -= 2;
        }
}

/* "local HOST [PORT [PROTOCOL]]" */
static int apply_local(struct options *options, const struct option *option) {
        const char *host = option->words[1];
        int r;

        if (options->in_connection)
                return options->is_first ? setting_set(&options->connection, host, option) : 0;
        r = host_add(&options->sockets, host, option->file, option->line, option->text);
        options->local_has_port |= option->count >= 3;
        return r < 0 ? r : setting_set(&options->local, host, option);
}

static int apply(struct options *options, struct option *option) {
        const char *name;

        skip_setenv_opt(option);
        name = option_name(option);
        if (strcmp(name, "local") == 0 && option->count >= 2)
                return apply_local(options, option);
        if (strcmp(name, "management") == 0 && option->count >= 3) {
                bool is_socket = strcmp(option->words[2], "unix") == 0 ||
                                 strcmp(option->words[1], "tunnel") == 0;

                return setting_set(&options->management, is_socket ? "" : option->words[1], option);
        }
        if (strcmp(name, "management-client") == 0)
                options->management_client = true;
        if (strcmp(name, "config") == 0 && option->count >= 2)
                return read_included(options, option);
        return 0;
}

/* "<tag>" alone in its line. */
static bool opens_block(const struct word_line *line) {
        const char *word = line->words.items[0];

        return line->words.count == 1 && word[0] == '<' && word[1] != '/' &&
               word[strlen(word) - 1] == '>';
}

/* The text of a block is no option: it ends at the line that begins with "</tag>". */
static void skip_block(struct scanner *scanner, const char *tag) {
        size_t length = strlen(tag);

        while (*scanner->position) {
                const char *p = scanner->position + strspn(scanner->position, " \t");
                bool ends = strncmp(p, "</", 2) == 0 && strncmp(p + 2, tag + 1, length - 1) == 0;

                scanner_skip_line(scanner);
                if (ends)
                        return;
        }
}

static int begin_connection(struct options *options) {
        options->in_connection = true;
        options->is_first = !options->knows_connection;
        options->knows_connection = true;
        return options->is_first ? setting_copy(&options->connection, &options->local) : 0;
}

static int read_line(struct options *options, struct scanner *scanner, const char *path,
                     const struct word_line *line) {
        const char *word = line->words.items[0];
        struct option option = {
                .words = line->words.items,
                .count = line->words.count,
                .file = path,
                .line = line->line,
                .text = line->text,
        };

        if (strcmp(word, "<connection>") == 0)
                return begin_connection(options);
        if (strcmp(word, "</connection>") == 0) {
                options->in_connection = false;
                return 0;
        }
        if (opens_block(line)) {
                skip_block(scanner, word);
                return 0;
        }
        return apply(options, &option);
}

static int read_file(struct included_files *files, const char *path, char *content) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        CLEANUP(word_line_clear) struct word_line line = { 0 };
        struct options *options = files->data;
        int r;

        /* read_config_file() skips the byte order mark of UTF-8. */
        if (strncmp(content, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0)
                content += strlen(BYTE_ORDER_MARK);
        r = scanner_init(&scanner, &SYNTAX, content);
        while (r >= 0 && !files->stopped && (r = word_line_next(&scanner, &line)) > 0)
                r = read_line(options, &scanner, path, &line);
        return r < 0 ? r : 0;
}

static int read_config(struct options *options) {
        const struct string_list *config = options->source->config;
        int r;

        if (options->configs_read == config->count)
                return 0;
        r = included_files_read(&options->files, config->items[options->configs_read++], NULL);
        return r == -EISDIR ? 0 : r;
}

/* "--option value value --option": each --config is the next file of source->config. */
static int read_arguments(struct options *options, const struct string_list *arguments) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < arguments->count;) {
                size_t end = i + 1;
                struct option option = {
                        .words = &arguments->items[i],
                        .file = options->source->arguments_file,
                        .line = options->source->arguments_line,
                        .text = arguments->items[i],
                };

                while (end < arguments->count && strncmp(arguments->items[end], "--", 2) != 0)
                        end++;
                option.count = end - i;
                r = strcmp(option.words[0], "--config") == 0 ? read_config(options)
                                                             : apply(options, &option);
                i = end;
        }
        return r;
}

static int add(const struct setting *setting, struct address_list *ret) {
        if (!setting->host || setting->host[0] == '\0')
                return 0;
        return host_add(ret, setting->host, setting->file, setting->line, setting->text);
}

int openvpn_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(options_clear)
        struct options options = {
                .files = { .tree = tree, .read = read_file },
                .source = source,
                .sockets.left_out = ret->left_out,
        };
        int r;

        options.files.data = &options;
        r = private_files_allow("local");
        if (r >= 0)
                r = private_files_allow("management");
        if (r >= 0 && source->arguments)
                r = read_arguments(&options, source->arguments);
        /* Where the unit's command line does not name them. */
        while (r >= 0 && options.configs_read < source->config->count)
                r = read_config(&options);
        if (r >= 0 && options.local_has_port && !options.knows_connection)
                r = address_list_move(&options.sockets, ret);
        else if (r >= 0)
                r = add(options.knows_connection ? &options.connection : &options.local, ret);
        if (r >= 0 && !options.management_client)
                r = add(&options.management, ret);
        return r;
}
