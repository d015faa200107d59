/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * nginx: `listen` in the servers of http, stream, mail and rtmp, whichever files they are in
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/included-files.h"
#include "formats/nginx/listen-list.h"
#include "formats/nginx/statement.h"
#include "input/private-files.h"
#include "log.h"

#include <string.h>

static const char *const MODULES[] = {
        [LISTEN_HTTP] = "http",
        [LISTEN_STREAM] = "stream",
        [LISTEN_MAIL] = "mail",
        [LISTEN_RTMP] = "rtmp",
};

/* Where the statements are that are being read. A server is two blocks deep, so what is deeper only
 * has to be counted. */
struct place {
        unsigned depth;            /* how many blocks are open */
        enum listen_module module; /* of the outermost block; LISTEN_MODULES: of none */
        bool is_server;            /* the second one is a `server` */
};

struct configuration {
        const char *main; /* relative paths start beside it (ngx_conf_full_name()) */
        struct place place;
        bool has_listen; /* the present server, or the last one */
        struct listen_list listens;
        struct address_list *addresses;
};

static void open_block(struct configuration *configuration, const char *name) {
        struct place *place = &configuration->place;

        if (place->depth == 0) {
                place->module = LISTEN_HTTP;
                while (place->module < LISTEN_MODULES && strcmp(name, MODULES[place->module]) != 0)
                        place->module++;
        } else if (place->depth == 1) {
                place->is_server = strcmp(name, "server") == 0;
                configuration->has_listen = false;
        }
        place->depth++;
}

static int close_block(struct configuration *configuration, const char *path) {
        struct place *place = &configuration->place;
        bool is_http_server = place->depth == 2 && place->is_server && place->module == LISTEN_HTTP;

        if (place->depth > 0)
                place->depth--;
        if (!is_http_server || configuration->has_listen)
                return 0;
        return listen_list_add_default(&configuration->listens, path);
}

/* Whether `listen` may follow, here or in blocks in it. Elsewhere it is a word like others, as in a
 * `map`. */
static bool may_listen(const struct place *place) {
        return place->depth == 0 ||
               (place->module < LISTEN_MODULES &&
                (place->depth == 1 || (place->depth == 2 && place->is_server)));
}

/* ngx_conf_include() in src/core/ngx_conf_file.c */
static int include(struct included_files *files, const char *path,
                   const struct statement *statement) {
        struct configuration *configuration = files->data;
        struct place place = configuration->place;
        CLEANUP(freep) char *pattern = NULL;
        int r;

        if (statement->words.count < 2)
                return 0;
        pattern = included_files_resolve(configuration->main, statement->words.items[1]);
        if (!pattern)
                return -ENOMEM;
        r = included_files_read_pattern(files, path, statement->line, pattern);
        configuration->place = place;
        return r;
}

static int add_listen(struct configuration *configuration, const char *path,
                      const struct statement *statement) {
        size_t length = strcspn(statement->start, "\n");
        size_t whole = (size_t)(statement->end - statement->start - 1); /* without the ";" */
        CLEANUP(freep) char *text = strndup(statement->start, length < whole ? length : whole);

        if (!text)
                return -ENOMEM;
        configuration->has_listen = true;
        return listen_list_add(&configuration->listens, configuration->place.module,
                               &statement->words, path, statement->line, text,
                               configuration->addresses);
}

static int interpret_simple(struct included_files *files, const char *path,
                            const struct statement *statement) {
        struct configuration *configuration = files->data;
        const struct place *place = &configuration->place;
        const char *name = statement->words.items[0];

        if (!may_listen(place))
                return 0;
        if (strcmp(name, "include") == 0)
                return include(files, path, statement);
        if (strcmp(name, "listen") == 0 && place->depth == 2)
                return add_listen(configuration, path, statement);
        return 0;
}

static bool ends_with(const char *text, const char *end) {
        size_t length = strlen(text);

        return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/* @line: of the first one in @content */
static int read_text(struct included_files *files, const char *path, const char *content,
                     unsigned line) {
        struct configuration *configuration = files->data;
        struct statement_reader reader = { .position = content, .line = line };
        CLEANUP(statement_clear) struct statement statement = { 0 };
        int r;

        while ((r = statement_next(&reader, &statement)) > 0) {
                if (statement.type == STATEMENT_BLOCK_END) {
                        r = close_block(configuration, path);
                } else if (statement.type == STATEMENT_SIMPLE) {
                        r = interpret_simple(files, path, &statement);
                } else if (ends_with(statement.words.items[0], "_by_lua_block")) {
                        statement_skip_lua(&reader);
                } else {
                        open_block(configuration, statement.words.items[0]);
                }
                if (r < 0)
                        return r;
        }
        if (r == 0 && *statement.start)
                log_warning(path, statement.line, "Not as nginx expects it, ignoring the rest.");
        return r;
}

static int read_file(struct included_files *files, const char *path, char *content) {
        return read_text(files, path, content, 1);
}

/* The statements of "-g STATEMENTS", which are read before the file. Of several the last one counts
 * (ngx_get_options() in src/core/nginx.c). */
static const char *find_statements(const struct string_list *arguments) {
        const char *found = NULL;

        for (size_t i = 0; arguments && i < arguments->count; i++) {
                const char *word = arguments->items[i];

                if (word[0] != '-')
                        continue;
                word += 1 + strspn(word + 1, "?hvVtTq"); /* options without an argument */
                if (!word[0] || (!word[1] && i + 1 == arguments->count))
                        continue;
                if (word[0] == 'g')
                        found = word[1] ? word + 1 : arguments->items[i + 1];
                i += !word[1];
        }
        return found;
}

int nginx_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        struct configuration configuration = { .addresses = ret };
        struct included_files files = { .tree = tree, .read = read_file, .data = &configuration };
        const char *statements = find_statements(source->arguments);
        int r = private_files_allow("listen");

        for (size_t i = 0; r >= 0 && i < source->config->count; i++) {
                configuration.main = source->config->items[i];
                if (statements && i == 0)
                        r = read_text(&files, source->arguments_file, statements,
                                      source->arguments_line);
                if (r < 0)
                        break;
                configuration.place = (struct place){ 0 };
                r = included_files_read(&files, configuration.main, NULL);
                if (r == -EISDIR) {
                        log_warning(configuration.main, 0, "Cannot read: %s", tree_strerror(r));
                        r = 0;
                }
        }
        if (r >= 0)
                r = listen_list_resolve(&configuration.listens, ret);
        listen_list_clear(&configuration.listens);
        return r;
}
