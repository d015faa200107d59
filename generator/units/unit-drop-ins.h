/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A unit's drop-ins (systemd.unit(5)): which there are, in which order they are read, and which of
 * them come in the place of the generated one, or behind it
 */

#include "units/unit.h"

/**
 * unit_drop_ins_list() - list those that count
 * @name:       the unit's name, behind aliases
 * @names:      all its names
 * @ret:        empty; receives the paths in the order in which systemd reads them
 *
 * Of two files of one name the one counts that systemd finds first: in the directories of @name
 * before those of its aliases, which among themselves have no order that systemd keeps to (here by
 * byte value), before those of the type ("service.d"). Among the directories of one name the order
 * of the search path goes first; how much of the name a directory has, with its instance, comes
 * after that.
 *
 * Return: 0 or -ENOMEM. A directory that cannot be read is passed over with a warning.
 */
int unit_drop_ins_list(struct tree *tree, const struct unit_index *units, const char *name,
                       const struct string_list *names, struct string_list *ret);

/**
 * unit_drop_ins_find_replacement() - find a file that systemd reads in the generated one's place
 * @name:       as above
 * @ret:        receives its path, to be freed by the caller; NULL if there is none
 *
 * It has the name that the generator gives to its drop-ins, or one that it gave in an earlier
 * release, under which an administrator may have replaced or masked them.
 *
 * Return: 0 or -ENOMEM.
 */
int unit_drop_ins_find_replacement(struct tree *tree, const struct unit_index *units,
                                   const char *name, char **ret);

/**
 * unit_drop_in_is_behind() - whether a drop-in is read after the generated one
 */
bool unit_drop_in_is_behind(const char *path);
