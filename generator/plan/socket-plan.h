/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The socket units that may fail at boot, and whether that is prevented
 *
 * systemd binds their addresses before the network is configured, so they cannot wait. Their cure
 * is FreeBind=yes, with which bind() does not require the address: section [sockets] of
 * dadwait.conf(5) asks for it.
 */

#include "config/assignments.h"
#include "units/socket-list.h"

struct socket_plan {
        const struct socket_unit **items; /* borrowed; in the order of the list */
        size_t count;
        bool wanted;       /* FreeBind=yes in section [sockets] */
        unsigned families; /* Families= there, or else in section [dadwait]: ADDRESS_IPV6,
                              ADDRESS_IPV4 */
};

/**
 * socket_plan_make() - choose the socket units that may fail
 * @config:     of assignment_list_read()
 * @sockets:    outlives @ret
 * @ret:        zeroed; receives those with an address that may be late, of these families, and
 *              neither FreeBind= nor Transparent=; socket_plan_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int socket_plan_make(const struct assignment_list *config, const struct socket_list *sockets,
                     struct socket_plan *ret);

/**
 * socket_plan_address() - the setting because of which a socket unit may fail
 *
 * Return: borrowed; its texts are NULL if there is no such setting.
 */
const struct shown_setting *socket_plan_address(const struct socket_plan *plan,
                                                const struct socket_unit *socket);

/**
 * socket_plan_clear() - free all
 */
void socket_plan_clear(struct socket_plan *plan);
