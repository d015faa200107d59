/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * prosody: a Lua program, of which "NAME = VALUE" is read where lua-values.h knows the value
 *
 * util/configmanager.lua runs it; core/portmanager.lua binds "interfaces", or "PREFIX_interfaces"
 * for a service that has its own. The last assignment of a name counts. lparser.c and llex.c of
 * Lua have strings, long brackets and comments.
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "formats/prosody/lua-values.h"
#include "input/private-files.h"

#include <stdio.h>
#include <string.h>

/* activate() of core/portmanager.lua: what stands before "interfaces", "ports" and so on. */
static const struct {
        const char *prefix;
        const char *module; /* that registers the service, if it is loaded without being named */
        bool needs_ports;   /* without ports it is off */
} SERVICES[] = {
        { "", NULL, false },
        { "c2s_", "c2s", false },
        { "c2s_direct_tls_", "c2s", true },
        { "legacy_ssl_", "c2s", true },
        { "s2s_", "s2s", false },
        { "s2s_direct_tls_", "s2s", true },
        { "http_", NULL, false },
        { "https_", NULL, false },
        { "component_", NULL, false },
        { "console_", NULL, false },
        { "proxy65_", NULL, false },
};

enum {
        SERVICE_COUNT = sizeof(SERVICES) / sizeof(SERVICES[0]),
        NAME_SIZE = 32, /* of the longest setting of these */
};

enum kind { KIND_INTERFACES, KIND_INTERFACE, KIND_PORTS, KIND_PORT };

static const char *const KINDS[] = { "interfaces", "interface", "ports", "port" };

enum { KIND_COUNT = sizeof(KINDS) / sizeof(KINDS[0]) };

struct service {
        struct address_list interfaces, interface; /* the first is stronger */
        bool has_interfaces;
        bool has_ports;   /* they are set */
        bool has_none;    /* they are set to none */
        bool is_disabled; /* its module is */
};

struct reader {
        struct included_files files;
        const struct string_list *environment;
        struct service services[SERVICE_COUNT];
        struct address_list *unknown; /* receives what cannot be known */
        bool in_host; /* behind VirtualHost or Component, whose interfaces are not read */
};

static void reader_clear(struct reader *reader) {
        for (size_t i = 0; i < SERVICE_COUNT; i++) {
                address_list_clear(&reader->services[i].interfaces);
                address_list_clear(&reader->services[i].interface);
        }
}

static bool find_setting(const char *name, size_t *ret_service, enum kind *ret_kind) {
        for (size_t i = 0; i < SERVICE_COUNT; i++) {
                size_t length = strlen(SERVICES[i].prefix);

                for (size_t k = 0; k < KIND_COUNT; k++)
                        if (strncmp(name, SERVICES[i].prefix, length) == 0 &&
                            strcmp(name + length, KINDS[k]) == 0) {
                                *ret_service = i;
                                *ret_kind = (enum kind)k;
                                return true;
                        }
        }
        return false;
}

/* One file, which is a function of its own for Lua. */
struct chunk {
        struct reader *reader;
        const char *path;
        struct lua_tokens tokens;
        struct lua_locals locals;
        unsigned blocks;      /* of "if", loops, functions and "do" that are open */
        unsigned depth;       /* of parentheses and braces that are */
        bool is_behind_comma; /* the last token was one */
};

static void chunk_clear(struct chunk *chunk) {
        lua_tokens_clear(&chunk->tokens);
        lua_locals_clear(&chunk->locals);
}

static int add_host(struct address_list *list, const struct chunk *chunk,
                    const struct lua_text *host) {
        const struct lua_token token = { .start = host->start };
        CLEANUP(freep) char *line = lua_tokens_copy_line(&chunk->tokens, &token);

        return line ? host_add(list, host->text, chunk->path, host->line, line) : -ENOMEM;
}

/* @name: of the setting */
static int read_interfaces(struct chunk *chunk, struct address_list *list, const char *name) {
        CLEANUP(lua_value_clear) struct lua_value value = { 0 };
        struct lua_token token;
        unsigned line;
        int r;

        r = lua_tokens_peek(&chunk->tokens, &token);
        line = token.line;
        if (r >= 0)
                r = lua_evaluate(&chunk->locals, &chunk->tokens, &value);
        if (r < 0)
                return r;
        if (chunk->blocks > 0)
                return address_list_add_unknown(list, chunk->path, line, name,
                                                "conditions and functions are not evaluated");
        address_list_clear(list);
        for (size_t i = 0; r >= 0 && i < value.count; i++)
                r = add_host(list, chunk, &value.texts[i]);
        if (r >= 0 && (value.kind == LUA_UNKNOWN || value.kind == LUA_UNSET || value.is_incomplete))
                r = address_list_add_unknown(list, chunk->path, line, name,
                                             "only strings and local variables are read");
        return r;
}

/* A number, or a table of numbers, which may have none. */
static int read_ports(struct lua_tokens *tokens, struct service *service) {
        struct lua_token token;
        size_t count = 0;
        int r;

        r = lua_tokens_next(tokens, &token);
        if (r > 0 && (token.type != LUA_MARK || token.mark != '{')) {
                service->has_ports = strcmp(token.text, "nil") != 0;
                service->has_none = false;
                return r;
        }
        while (r > 0 && (r = lua_tokens_next(tokens, &token)) > 0 && token.mark != '}')
                count += token.type != LUA_MARK;
        service->has_ports = count > 0;
        service->has_none = count == 0;
        return r;
}

/* @name: of the setting, which is of this kind */
static int read_value(struct chunk *chunk, struct service *service, enum kind kind,
                      const char *name) {
        switch (kind) {
        case KIND_INTERFACES:
                service->has_interfaces = true;
                return read_interfaces(chunk, &service->interfaces, name);
        case KIND_INTERFACE:
                return read_interfaces(chunk, &service->interface, name);
        default:
                return read_ports(&chunk->tokens, service);
        }
}

/* modules_disabled = { STRING... } */
static int read_disabled(struct reader *reader, struct lua_tokens *tokens) {
        struct lua_token token;
        int r;

        (void)lua_tokens_next(tokens, &token); /* the '=' */
        r = lua_tokens_peek(tokens, &token);
        if (r <= 0 || token.mark != '{')
                return r;
        while ((r = lua_tokens_next(tokens, &token)) > 0 && token.mark != '}')
                for (size_t i = 0; token.type == LUA_STRING && i < SERVICE_COUNT; i++)
                        if (SERVICES[i].module && strcmp(token.text, SERVICES[i].module) == 0)
                                reader->services[i].is_disabled = true;
        return r;
}

/* Include "FILE" or Include(FILE), relative to the file, with wildcards in its last component. */
static int include(struct chunk *chunk, unsigned line) {
        CLEANUP(lua_value_clear) struct lua_value value = { 0 };
        CLEANUP(freep) char *pattern = NULL;
        struct reader *reader = chunk->reader;
        bool in_host = reader->in_host;
        int r;

        r = lua_evaluate(&chunk->locals, &chunk->tokens, &value);
        if (r < 0)
                return r;
        if (value.kind != LUA_TEXT)
                return address_list_add_unknown(reader->unknown, chunk->path, line, "Include",
                                                "its path is not known at boot");
        pattern = included_files_resolve(chunk->path, value.texts[0].text);
        if (!pattern)
                return -ENOMEM;
        r = included_files_read_pattern(&reader->files, chunk->path, line, pattern);
        reader->in_host = in_host; /* a host of that file ends with it */
        return r;
}

static bool begins_host(const char *name) {
        return strcmp(name, "VirtualHost") == 0 || strcmp(name, "Component") == 0 ||
               strcmp(name, "Host") == 0;
}

/* "NAME = VALUE" */
static int read_assignment(struct chunk *chunk, const char *name) {
        struct lua_local *local = lua_locals_find(&chunk->locals, name);
        struct reader *reader = chunk->reader;
        struct lua_token token;
        enum kind kind;
        size_t index;

        if (local) {
                (void)lua_tokens_next(&chunk->tokens, &token);
                return lua_locals_assign(&chunk->locals, &chunk->tokens, local,
                                         chunk->blocks == 0 && !chunk->is_behind_comma);
        }
        if (reader->in_host)
                return 0;
        if (find_setting(name, &index, &kind)) {
                (void)lua_tokens_next(&chunk->tokens, &token);
                return read_value(chunk, &reader->services[index], kind, name);
        }
        return strcmp(name, "modules_disabled") == 0 ? read_disabled(reader, &chunk->tokens) : 0;
}

/* A name that is no statement of these. A table may be changed by whatever names it, and in
 * "a, b = c, d" it is not known which value is whose. */
static void forget_local(struct chunk *chunk, const char *name) {
        struct lua_local *local = lua_locals_find(&chunk->locals, name);
        struct lua_token token;
        bool is_assigned = lua_tokens_peek(&chunk->tokens, &token) > 0 && token.mark == ',' &&
                           chunk->depth == 0;

        if (local && (local->value.kind == LUA_TABLE || is_assigned))
                lua_value_clear(&local->value);
}

/* A name outside of all parentheses: "NAME = VALUE", 'NAME "STRING"', 'NAME("STRING")'. */
static int read_statement(struct chunk *chunk, const char *name, unsigned line) {
        struct lua_token token;
        int r;

        if (strcmp(name, "local") == 0)
                return lua_locals_declare(&chunk->locals, &chunk->tokens, chunk->blocks == 0);
        r = lua_tokens_peek(&chunk->tokens, &token);
        if (r <= 0)
                return r;
        if (token.type == LUA_MARK && token.mark == '=')
                return read_assignment(chunk, name);
        forget_local(chunk, name);
        if (token.type != LUA_STRING && token.mark != '(')
                return 0;
        if (strcmp(name, "Include") == 0)
                return include(chunk, line);
        chunk->reader->in_host |= begins_host(name);
        return 0;
}

static void count_block(struct chunk *chunk, const char *word) {
        static const char *const BEGINS[] = { "do", "then", "repeat", "function" };
        static const char *const ENDS[] = { "end", "until", "elseif" };

        for (size_t i = 0; i < sizeof(BEGINS) / sizeof(BEGINS[0]); i++)
                chunk->blocks += strcmp(word, BEGINS[i]) == 0;
        for (size_t i = 0; i < sizeof(ENDS) / sizeof(ENDS[0]); i++)
                chunk->blocks -= chunk->blocks > 0 && strcmp(word, ENDS[i]) == 0;
}

static int read_token(struct chunk *chunk, const struct lua_token *token) {
        CLEANUP(freep) char *name = NULL;
        int r = 0;

        if (token->type == LUA_MARK && strchr("{(", token->mark))
                chunk->depth++;
        else if (token->type == LUA_MARK && strchr("})", token->mark))
                chunk->depth -= chunk->depth > 0;
        if (token->type == LUA_NAME) {
                name = strdup(token->text);
                if (!name)
                        return -ENOMEM;
                count_block(chunk, name);
                if (chunk->depth == 0)
                        r = read_statement(chunk, name, token->line);
                else
                        forget_local(chunk, name);
        }
        chunk->is_behind_comma = token->mark == ',';
        return r;
}

static int read_file(struct included_files *files, const char *path, char *content) {
        CLEANUP(chunk_clear)
        struct chunk chunk = { .reader = files->data, .path = path };
        struct lua_token token;
        int r;

        chunk.locals.environment = chunk.reader->environment;
        r = lua_tokens_init(&chunk.tokens, content);
        while (r >= 0 && !files->stopped && (r = lua_tokens_next(&chunk.tokens, &token)) > 0)
                r = read_token(&chunk, &token);
        return r < 0 ? r : 0;
}

/* Texts of these settings may be shown. Return: 0 or -ENOMEM. */
static int know_keywords(void) {
        int r = private_files_allow("Include");

        for (size_t i = 0; i < SERVICE_COUNT; i++)
                for (size_t k = KIND_INTERFACES; r >= 0 && k <= KIND_INTERFACE; k++) {
                        char name[NAME_SIZE];

                        (void)snprintf(name, sizeof(name), "%s%s", SERVICES[i].prefix, KINDS[k]);
                        r = private_files_allow(name);
                }
        return r;
}

static int add_service(struct service *service, bool needs_ports, struct address_list *ret) {
        if (service->is_disabled || service->has_none || (needs_ports && !service->has_ports))
                return 0;
        return address_list_move(
                service->has_interfaces ? &service->interfaces : &service->interface, ret);
}

int prosody_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = {
                .files = { .tree = tree, .read = read_file },
                .environment = source->environment,
                .unknown = ret,
        };
        int r;

        reader.files.data = &reader;
        r = know_keywords();
        for (size_t i = 0; r >= 0 && i < source->config->count; i++)
                r = included_files_read(&reader.files, source->config->items[i], NULL);
        r = r == -EISDIR ? 0 : r;
        for (size_t i = 0; r >= 0 && i < SERVICE_COUNT; i++)
                r = add_service(&reader.services[i], SERVICES[i].needs_ports, ret);
        return r;
}
