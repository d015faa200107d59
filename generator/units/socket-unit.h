/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A socket unit: what systemd listens on for it (systemd.socket(5))
 */

#include "units/shown-setting.h"
#include "units/unit.h"

struct socket_unit {
        struct unit unit;
        bool is_enabled;    /* a target that is started at boot wants it */
        char *service;      /* that it activates: Service=, or the service of the same name */
        bool accept;        /* Accept=yes: an instance for each connection */
        bool listens_on_ip; /* not only in the file system, on netlink or on a vsock */
        /* The first Listen…= with an IPv6 address that may be tentative when systemd binds it. */
        struct shown_setting address;
        /* The first with an IPv4 address that may not be assigned by then. */
        struct shown_setting ipv4_address;
        /* With either of these bind() does not require the address to be assigned. */
        bool free_bind, transparent;
};

/**
 * socket_unit_read() - read a socket unit with its drop-ins
 * @units:      of unit_index_read()
 * @name:       of the unit, or an alias of it
 * @ret:        zeroed; receives all but @is_enabled; socket_unit_clear() it
 *
 * Return: 1; 0 if there is no such unit, or it is masked; -ENOMEM.
 */
int socket_unit_read(struct tree *tree, const struct unit_index *units, const char *name,
                     struct socket_unit *ret);

/**
 * socket_unit_clear() - free all
 */
void socket_unit_clear(struct socket_unit *socket);
