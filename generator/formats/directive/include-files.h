/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Which files an Include= keyword and a directory mean: IncludeBase= and IncludeSuffix=
 */

#include "config/directive-language.h"
#include "input/tree.h"

/**
 * include_pattern() - the absolute path that an Include= keyword names
 * @config:     the file or directory of Config=
 * @from:       the file that includes
 * @values:     of the keyword; the first of them, which may be in quotes, is the path
 * @ret:        the path, which may have wildcards, to be freed by the caller; NULL if there is none
 *
 * Return: 0 or -ENOMEM.
 */
int include_pattern(const struct directive_language *language, const char *config, const char *from,
                    const char *values, char **ret);

/**
 * include_directory() - the files of a directory that count, in the order of their names
 * @ret:        empty; receives their paths
 *
 * Return: 0, also if the directory cannot be read, which was logged; -ENOMEM.
 */
int include_directory(struct tree *tree, const struct directive_language *language,
                      const char *path, struct string_list *ret);
