/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Layered configuration directories, as of sysctl.d(5) and of unit drop-ins (systemd.unit(5)):
 * sorted by file name over all, where a file of the same name in a stronger directory replaces
 * the weaker, and a link to /dev/null masks it.
 */

#include "common/string-list.h"
#include "input/tree.h"

/**
 * configuration_directories_list() - the *.conf files that count, in the order in which they are to
 * be read
 * @directories:        strongest first; those that do not exist are passed over
 * @ret:                empty; receives the paths
 *
 * Return: 0 or -ENOMEM. A directory that cannot be read is passed over with a warning.
 */
int configuration_directories_list(struct tree *tree, const struct string_list *directories,
                                   struct string_list *ret);
