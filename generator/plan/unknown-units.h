/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * For the plan: started services of which no section knows anything, and whose command line names
 * an IPv6 address
 *
 * Nothing waits for it: only a person can say whether the service listens on it.
 */

#include "formats/address-list.h"
#include "plan/service.h"

struct unknown_unit {
        const char *name;              /* borrowed */
        struct address_list addresses; /* each once */
};

struct unknown_unit_list {
        struct unknown_unit *items;
        size_t count;
};

/**
 * unknown_units_find() - find them
 * @context:    outlives @ret
 * @services:   that are known
 * @ret:        zeroed; unknown_unit_list_clear() it
 *
 * Left out are units with text that not every user may read, units in a network namespace of their
 * own or before the network, commands that only assign or use addresses, and options that say where
 * to connect to.
 *
 * Return: 0 or -ENOMEM.
 */
int unknown_units_find(const struct service_context *context, const struct service_list *services,
                       struct unknown_unit_list *ret);

/**
 * unknown_unit_list_clear() - free all
 */
void unknown_unit_list_clear(struct unknown_unit_list *list);
