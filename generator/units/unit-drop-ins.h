/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The drop-ins of a unit (systemd.unit(5)): which there are, in which order systemd reads them, and
 * which replace the generated one or are read after it
 */

#include "units/unit.h"

/**
 * unit_drop_ins_list() - list those that count
 * @name:       of the unit, not an alias
 * @names:      all its names
 * @ret:        empty; receives the paths in the order in which systemd reads them
 *
 * Of several files of one name systemd reads the first: it searches the directories of @name, then
 * those of its aliases, then those of the type ("service.d"). systemd has no fixed order among
 * aliases; here it is that of @names. For one name the order of the search path comes first; in
 * each directory of the search path the longer name comes first ("foo-bar.service.d" before
 * "foo-.service.d").
 *
 * Return: 0 or -ENOMEM. A directory that cannot be read is skipped with a warning.
 */
int unit_drop_ins_list(struct tree *tree, const struct unit_index *units, const char *name,
                       const struct string_list *names, struct string_list *ret);

/**
 * unit_drop_ins_find_replacement() - find a file that systemd reads instead of the generated one
 * @name:       as above
 * @ret:        receives its path, to be freed by the caller; NULL if there is none
 *
 * It has the name of the generated drop-in or the name that this had in an earlier release, under
 * which an administrator may have replaced or masked it.
 *
 * Return: 0 or -ENOMEM.
 */
int unit_drop_ins_find_replacement(struct tree *tree, const struct unit_index *units,
                                   const char *name, char **ret);

/**
 * unit_drop_in_is_behind() - whether a drop-in is read after the generated one
 */
bool unit_drop_in_is_behind(const char *path);
