/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The files that a pattern matches, looked up by tree_list() and tree_stat() alone
 */

#include "input/tree.h"

/**
 * tree_glob() - the existing paths that match a pattern
 * @pattern:    absolute; each component is an fnmatch(3) pattern, where a leading dot has to be
 *              matched explicitly
 * @ret:        empty; receives the paths in the order of their components by byte value
 *
 * A pattern without wildcards yields itself, whether that exists or not.
 *
 * Return: 0, also if nothing matches or a directory cannot be read; -E2BIG; -EDQUOT; -ENOMEM.
 */
int tree_glob(struct tree *tree, const char *pattern, struct string_list *ret);
