/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What drop-ins that systemd reads after the generated one do to its lists of commands
 */

#include "units/unit-reader.h"

struct unit_hook {
        char *file;  /* the first such drop-in, or NULL; with @resets the first that empties it */
        bool resets; /* an empty assignment: commands of earlier drop-ins are lost */
};

/**
 * unit_hook_parse() - parse an assignment if it is in such a drop-in and changes the list
 * @key:        of the list: "ExecStartPre", "ExecCondition"
 * @ret:        zeroed before the first one; unit_hook_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_hook_parse(const struct unit_assignment *assignment, const char *key,
                    struct unit_hook *ret);

/**
 * unit_hook_clear() - free all
 */
void unit_hook_clear(struct unit_hook *hook);
