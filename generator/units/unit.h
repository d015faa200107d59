/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Units: which exist on this machine, and under which names
 */

#include "units/unit-index.h"

enum unit_state {
        UNIT_MISSING,
        UNIT_MASKED,
        UNIT_FOUND,   /* has a file */
        UNIT_SYSV,    /* has a script in /etc/init.d only */
        UNIT_QUADLET, /* podman's generator makes it */
};

struct quadlet;

struct unit {
        enum unit_state state;
        const struct quadlet *quadlet; /* UNIT_QUADLET: what it is made from; borrowed */
        bool is_uncertain;             /* UNIT_QUADLET: another file may be that of the unit */
        char *name;                    /* the real one, behind aliases */
        char *file;                    /* UNIT_FOUND, UNIT_SYSV, UNIT_QUADLET */
        struct string_list names;      /* all: the one that was looked up, @name, and every alias */
};

/**
 * unit_find() - look up a unit as systemd does
 * @units:      of unit_index_read()
 * @name:       a valid name
 * @ret:        zeroed; unit_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_find(struct tree *tree, const struct unit_index *units, const char *name,
              struct unit *ret);

/**
 * unit_clear() - free all
 */
void unit_clear(struct unit *unit);
