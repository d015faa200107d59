/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * For the plan: addresses that a service binds and that nothing waits for
 *
 * Those that IgnoreAddress= leaves out are in struct decision, those that are mistyped are among
 * the unknown ones of its addresses.
 */

#include "plan/decision.h"

/* Why nothing waits for an address. */
enum not_waited {
        NOT_WAITED_ANY,       /* it stands for all addresses */
        NOT_WAITED_LOOPBACK,  /* the kernel has it, and runs no DAD on it */
        NOT_WAITED_MULTICAST, /* it is that of a group */
        NOT_WAITED_BROADCAST, /* 255.255.255.255 */
        NOT_WAITED_FAMILY,    /* Families= leaves it out */
};

/**
 * not_waited_why() - why nothing waits for an address
 * @pattern:    of not_waited_find()
 */
enum not_waited not_waited_why(const struct pattern *pattern);

/**
 * not_waited_find() - find those of a service
 * @units:      of unit_index_read()
 * @decision:   of decide() for the same service
 * @ret:        empty; receives them in the order of the configuration, with repetitions
 *
 * Reads the configuration a second time, as if all families were asked for: what a format leaves
 * out it does not count, which keeps the limits for what is waited for. The log gets no entries,
 * and no budget is charged.
 *
 * Return: 0, or negative errno, which has been logged: what is decided holds all the same.
 */
int not_waited_find(struct tree *tree, const struct unit_index *units,
                    const struct service *service, const struct decision *decision,
                    struct address_list *ret);
