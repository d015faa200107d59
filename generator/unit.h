/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Units: which exist on this machine, under which name, and what their files say that matters
 */

#include "tree.h"

#include <stdbool.h>

enum unit_state {
        UNIT_MISSING,
        UNIT_MASKED,
        UNIT_FOUND, /* has a file */
        UNIT_SYSV,  /* has a script in /etc/init.d only */
};

struct unit {
        enum unit_state state;
        char *name;               /* the real one, behind aliases */
        char *file;               /* UNIT_FOUND, UNIT_SYSV */
        struct string_list names; /* the name asked for and each alias passed on the way */
};

/**
 * unit_search_path() - where units of the system manager are looked for
 * @ret:        empty; receives the directories, strongest first
 *
 * As sd_path_lookup(3) says, less the generators' output directories: other generators fill
 * those at this very moment. Each directory once, if it is there: most are not, and every unit is
 * looked for in all of them.
 *
 * Return: 0 or negative errno.
 */
int unit_search_path(struct tree *tree, struct string_list *ret);

/**
 * unit_find() - look a unit up, as systemd does
 * @search_path:        of unit_search_path()
 * @name:               a valid name; of units that are no services only a file of that very name
 *                      is found
 * @ret:                zeroed; unit_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_find(struct tree *tree, const struct string_list *search_path, const char *name,
              struct unit *ret);

/**
 * unit_clear() - free all
 */
void unit_clear(struct unit *unit);
