/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Services that are started once a program asks for their name on the system bus (D-Bus
 * Specification, "Message Bus Starting Services")
 */

#include "units/unit-index.h"

/**
 * dbus_services_list() - list their units
 * @units:      of unit_index_read()
 * @ret:        receives the names, which may be aliases
 *
 * Those are the aliases "dbus-NAME.service", which `systemctl enable` makes, and SystemdService= of
 * the bus's own files.
 *
 * Return: 0 or -ENOMEM. What cannot be read is skipped with a warning.
 */
int dbus_services_list(struct tree *tree, const struct unit_index *units, struct string_list *ret);
