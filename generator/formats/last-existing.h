/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The configuration file of a daemon that reads one
 */

#include "common/string-list.h"
#include "input/tree.h"

/**
 * last_existing_path() - the file that counts if a definition and an administrator name several
 * @tree:       the tree that has them
 * @paths:      Config= in the order of the settings; distributions differ in the name of the file
 *
 * Return: the last one that exists, as with settings; borrowed from @paths. NULL if none does.
 */
const char *last_existing_path(struct tree *tree, const struct string_list *paths);
