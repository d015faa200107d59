/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The `listen` statements of nginx, and which of their addresses it binds
 *
 * If a port has a wildcard address of a family, nginx binds only that of this family, except for
 * addresses that have socket options of their own (ngx_http_init_listening() in nginx's
 * src/http/ngx_http.c, and the same in ngx_stream.c and ngx_mail.c).
 */

#include "common/string-list.h"
#include "formats/address-list.h"

#include <stdbool.h>
#include <stdint.h>

/* Modules do not know each other's ports. */
enum listen_module {
        LISTEN_HTTP,
        LISTEN_STREAM,
        LISTEN_MAIL,
        LISTEN_RTMP,
        LISTEN_MODULES,
};

struct listen {
        enum listen_module module;
        struct pattern address;
        bool is_wildcard;     /* "[::]", "*" or a port alone */
        bool is_datagram;     /* UDP */
        bool has_options;     /* of the socket, so it is bound in any case */
        unsigned first, last; /* ports */
        char *file;
        unsigned line;
        char *text;
};

struct listen_list {
        struct listen *items;
        size_t count;
};

/**
 * listen_list_add() - append what a statement says
 * @words:      of the statement, "listen" included
 * @text:       the statement
 * @unknown:    receives an address that cannot be known
 *
 * Sockets of the file system are no addresses to wait for.
 *
 * Return: 0 or -ENOMEM.
 */
int listen_list_add(struct listen_list *list, enum listen_module module,
                    const struct string_list *words, const char *file, unsigned line,
                    const char *text, struct address_list *unknown);

/**
 * listen_list_add_default() - append what a server of http without `listen` binds: *:80
 * (ngx_http_core_server() in src/http/ngx_http_core_module.c; 8000 if nginx is not run by root)
 * @file:       that the server is in
 *
 * Return: 0 or -ENOMEM.
 */
int listen_list_add_default(struct listen_list *list, const char *file);

/**
 * listen_list_resolve() - add the addresses that nginx binds
 *
 * Return: 0 or -ENOMEM.
 */
int listen_list_resolve(const struct listen_list *list, struct address_list *ret);

/**
 * listen_list_clear() - free all
 */
void listen_list_clear(struct listen_list *list);
