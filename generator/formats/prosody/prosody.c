/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * prosody: a Lua program, of which "NAME = STRING" and "NAME = { STRING... }" are read as data
 *
 * util/configmanager.lua runs it; core/portmanager.lua binds "interfaces", or "PREFIX_interfaces"
 * for a service that has its own. The last assignment of a name counts. lparser.c and llex.c of
 * Lua have strings, long brackets and comments.
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "formats/prosody/lua-tokens.h"
#include "input/private-files.h"
#include "log.h"

#include <string.h>

/* Settings whose strings are addresses to bind. */
static const char *const NAMES[] = {
        "interfaces",
        "interface",
        "c2s_interfaces",
        "c2s_interface",
        "c2s_direct_tls_interfaces",
        "legacy_ssl_interfaces",
        "s2s_interfaces",
        "s2s_interface",
        "s2s_direct_tls_interfaces",
        "http_interfaces",
        "https_interfaces",
        "component_interfaces",
        "component_interface",
        "console_interfaces",
        "proxy65_interfaces",
};

enum { NAME_COUNT = sizeof(NAMES) / sizeof(NAMES[0]) };

struct reader {
        struct included_files files;
        struct address_list found[NAME_COUNT];
        bool in_host; /* behind VirtualHost or Component, whose interfaces are not read */
};

static void reader_clear(struct reader *reader) {
        for (size_t i = 0; i < NAME_COUNT; i++)
                address_list_clear(&reader->found[i]);
}

static size_t find_name(const char *name) {
        size_t i = 0;

        while (i < NAME_COUNT && strcmp(name, NAMES[i]) != 0)
                i++;
        return i;
}

static int add_string(struct address_list *list, const struct lua_tokens *tokens,
                      const struct lua_token *token, const char *path) {
        CLEANUP(freep) char *line = lua_tokens_copy_line(tokens, token);

        return line ? host_add(list, token->text, path, token->line, line) : -ENOMEM;
}

/* The value of a name: strings up to the end of the table. What is no string cannot be known. */
static int read_value(struct reader *reader, struct lua_tokens *tokens, size_t name,
                      const char *path) {
        struct address_list *list = &reader->found[name];
        struct lua_token token;
        bool is_table;
        int r;

        address_list_clear(list);
        r = lua_tokens_next(tokens, &token);
        is_table = r > 0 && token.type == LUA_MARK && token.mark == '{';
        if (is_table)
                r = lua_tokens_next(tokens, &token);
        while (r > 0) {
                if (token.type == LUA_STRING)
                        r = add_string(list, tokens, &token, path);
                else if (token.type == LUA_NAME || token.mark == '{' || token.mark == '(')
                        return address_list_add_unknown(list, path, token.line, NAMES[name],
                                                        "only strings are read");
                else if (token.mark == '}')
                        return 0;
                if (r < 0 || !is_table)
                        return r;
                r = lua_tokens_next(tokens, &token);
        }
        return r;
}

/* Include "FILE", relative to the file, with wildcards in its last component. */
static int include(struct reader *reader, const char *path, const struct lua_token *token) {
        CLEANUP(freep) char *pattern = included_files_resolve(path, token->text);

        if (!pattern)
                return -ENOMEM;
        return included_files_read_pattern(&reader->files, path, token->line, pattern);
}

/* A name that begins a statement: "NAME = VALUE", or 'NAME "STRING"'. */
static int read_statement(struct reader *reader, struct lua_tokens *tokens, const char *name,
                          const char *path) {
        size_t index = find_name(name);
        struct lua_token token;
        int r;

        r = lua_tokens_peek(tokens, &token);
        if (r <= 0)
                return r;
        if (token.type == LUA_MARK && token.mark == '=' && index < NAME_COUNT) {
                (void)lua_tokens_next(tokens, &token);
                if (!reader->in_host)
                        return read_value(reader, tokens, index, path);
                return 0;
        }
        if (token.type != LUA_STRING)
                return 0;
        if (strcmp(name, "Include") == 0)
                return include(reader, path, &token);
        reader->in_host |= strcmp(name, "VirtualHost") == 0 || strcmp(name, "Component") == 0 ||
                           strcmp(name, "Host") == 0;
        return 0;
}

static int read_file(struct included_files *files, const char *path, char *content) {
        CLEANUP(lua_tokens_clear) struct lua_tokens tokens = { 0 };
        struct reader *reader = files->data;
        struct lua_token token;
        unsigned depth = 0;
        int r;

        r = lua_tokens_init(&tokens, content);
        while (r >= 0 && !files->stopped && (r = lua_tokens_next(&tokens, &token)) > 0) {
                if (token.type == LUA_MARK && strchr("{(", token.mark))
                        depth++;
                else if (token.type == LUA_MARK && strchr("})", token.mark))
                        depth -= depth > 0;
                else if (token.type == LUA_NAME && depth == 0) {
                        CLEANUP(freep) char *name = strdup(token.text);

                        r = name ? read_statement(reader, &tokens, name, path) : -ENOMEM;
                }
        }
        return r < 0 ? r : 0;
}

int prosody_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = { .files = { .tree = tree, .read = read_file } };
        int r = 0;

        reader.files.data = &reader;
        for (size_t i = 0; i < NAME_COUNT; i++)
                reader.found[i].left_out = ret->left_out;
        for (size_t i = 0; r >= 0 && i < NAME_COUNT; i++)
                r = private_files_allow(NAMES[i]);
        for (size_t i = 0; r >= 0 && i < source->config->count; i++)
                r = included_files_read(&reader.files, source->config->items[i], NULL);
        r = r == -EISDIR ? 0 : r;
        for (size_t i = 0; r >= 0 && i < NAME_COUNT; i++)
                r = address_list_move(&reader.found[i], ret);
        return r;
}
