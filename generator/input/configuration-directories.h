/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Configuration directories by priority, as those of sysctl.d(5) and of unit drop-ins
 * (systemd.unit(5)): the files of all are sorted by name together, a file replaces one of the same
 * name in a directory of lower priority, and a link to /dev/null masks it
 */

#include "common/string-list.h"
#include "input/tree.h"

/**
 * configuration_directories_list() - the *.conf files to read, in the order to read them
 * @directories:        the one of highest priority first; missing ones are skipped
 * @ret:                empty; receives the paths
 *
 * Return: 0 or -ENOMEM. A directory that cannot be read is skipped with a warning.
 */
int configuration_directories_list(struct tree *tree, const struct string_list *directories,
                                   struct string_list *ret);
