/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Which files an Include= keyword and a directory mean: IncludeBase= and IncludeSuffix=
 */

#include "config/directive-language.h"
#include "input/tree.h"

struct inclusions {
        struct inclusion {
                const char *keyword; /* the item of Include=; borrowed */
                char *text;          /* what it names */
        } * items;
        size_t count;
};

/**
 * inclusions_take() - append one
 * @text:       becomes the list's, also on error; NULL is an error
 *
 * Return: 0 or -ENOMEM.
 */
int inclusions_take(struct inclusions *inclusions, const char *keyword, char *text);

/**
 * inclusions_clear() - free all
 */
void inclusions_clear(struct inclusions *inclusions);

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
 * @keyword:    the Include= that names the directory; NULL: Config= does
 * @ret:        empty; receives their paths
 *
 * Return: 0, also if the directory cannot be read, which was logged; -ENOMEM.
 */
int include_directory(struct tree *tree, const struct directive_language *language,
                      const char *keyword, const char *path, struct string_list *ret);
