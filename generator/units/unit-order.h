/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether a unit starts before the network is configured: Before= and DefaultDependencies= of
 * systemd.unit(5)
 */

#include "units/unit-reader.h"

struct unit_order {
        char *early_unit; /* the first name in Before= for which early_unit() is true, or NULL */
        bool default_dependencies;
};

/* Of a unit without any setting. */
#define UNIT_ORDER_NULL                                                                            \
        { .default_dependencies = true }

/**
 * unit_order_parse() - parse an assignment if it is about the order of units
 * @ret:        UNIT_ORDER_NULL before the first one; unit_order_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_order_parse(const struct unit_assignment *assignment, struct unit_order *ret);

/**
 * unit_order_is_early() - why the unit starts before the network is configured
 * @ret:        "DefaultDependencies=no" or the name in its Before=, to be freed by the caller; NULL
 *              if it does not
 *
 * Return: 0 or -ENOMEM.
 */
int unit_order_is_early(const struct unit_order *order, char **ret);

/**
 * unit_order_clear() - free all
 */
void unit_order_clear(struct unit_order *order);
