/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Socket activation: whether systemd binds a service's addresses for it (systemd.socket(5))
 */

#include "units/socket-list.h"

/**
 * socket_activation_find() - find the socket unit that passes its sockets to a service
 * @sockets:    of socket_list_read()
 * @service:    of unit_find()
 * @inherited:  names in Sockets= of the service. They need not be enabled: the service wants them
 *              (systemd.service(5))
 *
 * A socket unit does not count if it starts an instance for each connection (Accept=yes), or if it
 * listens on no IP address: then the service binds its addresses itself, as CUPS does.
 *
 * Return: the first one, borrowed from @sockets; NULL if there is none.
 */
const struct socket_unit *socket_activation_find(const struct socket_list *sockets,
                                                 const struct unit *service,
                                                 const struct string_list *inherited);
