/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/last-existing.h"
#include "formats/lighttpd/parser.h"
#include "input/private-files.h"

#include <string.h>

static bool is_enabled(const struct parser *parser, size_t block, const char *name) {
        const struct value *value = variables_get_in(&parser->variables, block, name);

        if (!value)
                value = variables_get_in(&parser->variables, BLOCK_GLOBAL, name);
        return value && strcmp(value->text, "enable") == 0;
}

/* Without server.use-ipv6 a name is resolved to an IPv4 address. */
static unsigned family_of_names(const char *host, bool use_ipv6) {
        struct pattern pattern;

        return use_ipv6 && !host_parse_ipv4(host, &pattern) ? ADDRESS_IPV6 : ADDRESS_IPV4;
}

/* network_host_parse_addr() in src/network.c. @host: with a port behind a ':', may be changed. */
static int add_host(struct address_list *ret, const struct server_socket *socket, char *host,
                    bool use_ipv6) {
        struct pattern pattern;
        char *end;

        if (host[0] == '/' || host[0] == '\\')
                return 0; /* a socket of AF_UNIX */
        end = host[0] == '[' ? strchr(++host, ']') : strrchr(host, ':');
        if (end)
                *end = '\0';
        if (host[0] == '\0' || strcmp(host, "*") == 0)
                return 0;
        if (!strchr(host, ':'))
                return host_add_of(ret, family_of_names(host, use_ipv6), host, socket->file,
                                   socket->line, socket->text);
        if (pattern_parse_address(host, &pattern) < 0)
                return address_list_add_mistyped(ret, socket->file, socket->line, host,
                                                 "this is no address");
        return address_list_add(ret, &pattern, socket->file, socket->line, socket->text);
}

static int add_socket(const struct parser *parser, const struct server_socket *socket,
                      const struct value *value, const char *port, struct address_list *ret) {
        CLEANUP(freep) char *host = NULL;

        if (value->type == VALUE_UNKNOWN)
                return address_list_add_unknown(ret, socket->file, socket->line, socket->text,
                                                "its variables are not known at boot");
        if (is_enabled(parser, socket->block, "server.ip-transparent"))
                return 0;
        if (asprintf(&host, "%s%s", value->text, port) < 0)
                return -ENOMEM;
        return add_host(ret, socket, host, is_enabled(parser, socket->block, "server.use-ipv6"));
}

/* network_init() in src/network.c; server.bind counts only outside of conditions, and a port is
 * always appended to it. */
static int add_sockets(const struct parser *parser, struct address_list *ret) {
        const struct value *bind =
                variables_get_in(&parser->variables, BLOCK_GLOBAL, "server.bind");
        int r = 0;

        for (size_t i = 0; i < parser->socket_count && r >= 0; i++)
                r = add_socket(parser, &parser->sockets[i], &parser->sockets[i].value, "", ret);
        if (r >= 0 && bind && parser->bind.file)
                r = add_socket(parser, &parser->bind, bind, ":80", ret);
        return r;
}

static int know_keywords(void) {
        static const char *const KEYWORDS[] = { "server.bind", "$SERVER[\"socket\"]" };
        int r = 0;

        for (size_t i = 0; i < sizeof(KEYWORDS) / sizeof(KEYWORDS[0]) && r >= 0; i++)
                r = private_files_allow(KEYWORDS[i]);
        return r;
}

int lighttpd_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(parser_clear)
        struct parser parser = { .environment = source->environment, .unknown = ret };
        struct included_files files = { .tree = tree, .read = parser_read_file, .data = &parser };
        CLEANUP(value_clear) struct value directory = { 0 };
        int r;

        if (source->config->count == 0)
                return 0;
        parser.config = last_existing_path(tree, source->config) ?: source->config->items[0];
        r = know_keywords();
        if (r >= 0)
                r = variables_init(&parser.variables);
        if (r >= 0)
                r = value_set(&directory, VALUE_STRING, "/"); /* where systemd starts daemons */
        if (r >= 0)
                r = variables_set(&parser.variables, BLOCK_GLOBAL, "var.CWD", &directory);
        if (r >= 0)
                r = included_files_read(&files, parser.config, NULL);
        if (r < 0)
                return r == -EISDIR ? 0 : r;
        return add_sockets(&parser, ret);
}
