/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The network namespace of a unit's processes (systemd.exec(5), JoinsNamespaceOf= of
 * systemd.unit(5))
 */

#include "units/unit-reader.h"

struct unit_network {
        bool is_private;      /* PrivateNetwork=yes */
        char *namespace_path; /* NetworkNamespacePath=, or NULL */
        char *joins;          /* JoinsNamespaceOf=, or NULL */
};

/**
 * unit_network_parse() - parse an assignment if it is about the network namespace
 * @ret:        zeroed before the first one; unit_network_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_network_parse(const struct unit_assignment *assignment, struct unit_network *ret);

/**
 * unit_network_clear() - free all
 */
void unit_network_clear(struct unit_network *network);
