/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Names with values: variables, defines, modules and macros. A balanced tree (tsearch(3)), since a
 * configuration of ten thousand files may define a name in each.
 */

#include <stdbool.h>

struct table {
        void *root;
        bool ignore_case;
        void (*free_value)(void *value); /* NULL: values are not owned */
};

/**
 * table_set() - set the value of a name
 * @name:       copied
 * @value:      owned by the table from now on if it has a free_value; freed here on error
 *
 * Return: 0 or -ENOMEM.
 */
int table_set(struct table *table, const char *name, void *value);

/**
 * table_find() - look up a name
 * @ret_value:  receives the value, borrowed; NULL if it is not wanted
 *
 * Return: whether @name is there.
 */
bool table_find(const struct table *table, const char *name, void **ret_value);

/**
 * table_remove() - remove a name, if it is there
 */
void table_remove(struct table *table, const char *name);

/**
 * table_clear() - free all; the table is empty and usable afterwards
 */
void table_clear(struct table *table);
