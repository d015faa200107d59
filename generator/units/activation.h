/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Which units a unit pulls in or activates, by its own settings
 */

#include "units/unit-reader.h"

struct activation {
        struct string_list names; /* Wants=, Requires=, Requisite=, BindsTo=, Upholds= (section
                                     [Unit], systemd.unit(5)) */
        char *unit; /* Unit= of a timer or path (systemd.timer(5), systemd.path(5)), or NULL */
};

/**
 * activation_parse() - parse an assignment if it is one of these settings
 * @ret:        zeroed before the first one; activation_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int activation_parse(const struct unit_assignment *assignment, struct activation *ret);

/**
 * activation_clear() - free all
 */
void activation_clear(struct activation *activation);
