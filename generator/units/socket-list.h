/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * All socket units of this machine, which are read once for all services
 */

#include "units/dependency-links.h"
#include "units/socket-unit.h"

struct socket_list {
        struct socket_unit *items;
        size_t count;
};

/**
 * socket_list_read() - read every socket unit
 * @units:      of unit_index_read()
 * @links:      of dependency_links_read()
 * @ret:        zeroed; receives the units and templates that have a file, sorted by name, and then
 *              the enabled instances; socket_list_clear() it
 *
 * Masked units are left out, and those of systemd itself that listen on no IP address. Enabled
 * means wanted by sockets.target or multi-user.target.
 *
 * Return: 0 or -ENOMEM. A file that cannot be read is skipped with a warning.
 */
int socket_list_read(struct tree *tree, const struct unit_index *units,
                     const struct dependency_links *links, struct socket_list *ret);

/**
 * socket_list_clear() - free all
 */
void socket_list_clear(struct socket_list *list);
