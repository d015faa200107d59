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
#include "formats/shell/environment.h"
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

static int add_host(struct address_list *list, const struct lua_tokens *tokens,
                    const struct lua_token *token, const char *host, const char *path) {
        CLEANUP(freep) char *line = lua_tokens_copy_line(tokens, token);

        return line ? host_add(list, host, path, token->line, line) : -ENOMEM;
}

/* ENV_NAME is a variable of the environment (core/configmanager.lua, where the globals of the
 * program are looked up). Return: its value, borrowed; NULL if the token is anything else. */
static const char *find_variable(const struct reader *reader, const struct lua_token *token) {
        if (token->type != LUA_NAME || strncmp(token->text, "ENV_", 4) != 0 || !reader->environment)
                return NULL;
        return environment_get(reader->environment, token->text + 4);
}

/* "nil" is no value, wherever it is. */
static bool ends_value(const struct lua_token *token) {
        return token->mark == '}' || (token->type == LUA_NAME && strcmp(token->text, "nil") == 0);
}

/* Strings up to the end of the table. What is no string cannot be known.
 * @name: of the setting */
static int read_interfaces(const struct reader *reader, struct lua_tokens *tokens,
                           struct address_list *list, const char *name, const char *path) {
        struct lua_token token;
        bool is_table;
        int r;

        address_list_clear(list);
        r = lua_tokens_next(tokens, &token);
        is_table = r > 0 && token.type == LUA_MARK && token.mark == '{';
        if (is_table)
                r = lua_tokens_next(tokens, &token);
        while (r > 0) {
                const char *value = find_variable(reader, &token);

                if (token.type == LUA_STRING)
                        value = token.text;
                if (value)
                        r = add_host(list, tokens, &token, value, path);
                else if (ends_value(&token))
                        return 0;
                else if (token.type == LUA_NAME || token.mark == '{' || token.mark == '(')
                        return address_list_add_unknown(list, path, token.line, name,
                                                        "only strings are read");
                if (r < 0 || !is_table)
                        return r;
                r = lua_tokens_next(tokens, &token);
        }
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
static int read_value(struct reader *reader, struct lua_tokens *tokens, struct service *service,
                      enum kind kind, const char *name, const char *path) {
        switch (kind) {
        case KIND_INTERFACES:
                service->has_interfaces = true;
                return read_interfaces(reader, tokens, &service->interfaces, name, path);
        case KIND_INTERFACE:
                return read_interfaces(reader, tokens, &service->interface, name, path);
        default:
                return read_ports(tokens, service);
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

/* Include "FILE", relative to the file, with wildcards in its last component. */
static int include(struct reader *reader, const char *path, const struct lua_token *token) {
        CLEANUP(freep) char *pattern = included_files_resolve(path, token->text);
        bool in_host = reader->in_host;
        int r;

        if (!pattern)
                return -ENOMEM;
        r = included_files_read_pattern(&reader->files, path, token->line, pattern);
        reader->in_host = in_host; /* a host of that file ends with it */
        return r;
}

/* A name that begins a statement: "NAME = VALUE", or 'NAME "STRING"'. */
static int read_statement(struct reader *reader, struct lua_tokens *tokens, const char *name,
                          const char *path) {
        struct lua_token token;
        enum kind kind;
        size_t index;
        int r;

        r = lua_tokens_peek(tokens, &token);
        if (r <= 0)
                return r;
        if (token.type == LUA_MARK && token.mark == '=' && !reader->in_host) {
                if (find_setting(name, &index, &kind)) {
                        (void)lua_tokens_next(tokens, &token);
                        return read_value(reader, tokens, &reader->services[index], kind, name,
                                          path);
                }
                return strcmp(name, "modules_disabled") == 0 ? read_disabled(reader, tokens) : 0;
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

/* Texts of these settings may be shown. Return: 0 or -ENOMEM. */
static int know_keywords(void) {
        int r = 0;

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
