/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Socket activation: whether systemd binds a service's addresses for it (systemd.socket(5))
 */

#include "units/unit.h"

/**
 * socket_activation_find() - find the enabled socket unit that hands a service its sockets
 * @units:      of unit_index_read()
 * @unit:               the service
 * @sockets:            value of its Sockets=, or NULL
 * @ret:                the socket unit's name, to be freed by the caller; NULL if there is none
 *
 * One that listens in the file system only is passed over: the service then binds addresses itself,
 * as CUPS does.
 *
 * Enabled means wanted by sockets.target or multi-user.target.
 *
 * Return: 0 or -ENOMEM.
 */
int socket_activation_find(struct tree *tree, const struct unit_index *units,
                           const struct unit *unit, const char *sockets, char **ret);
