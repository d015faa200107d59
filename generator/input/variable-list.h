/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Variables: lookup by name
 *
 * An environment is a list of "NAME=VALUE" entries in the order of assignment, so that the last
 * one of a name counts.
 */

#include "common/string-list.h"

/**
 * environment_name_length() - how many bytes at the start of @text are the name of a variable
 *
 * A letter or '_', then letters, digits and '_' (POSIX XBD 3, "Name"). Return: 0 if there is
 * none.
 */
size_t environment_name_length(const char *text);

/**
 * environment_get() - the value of a variable
 *
 * Return: what was assigned last, borrowed; NULL if nothing was.
 */
const char *environment_get(const struct string_list *environment, const char *name);

/**
 * environment_get_n() - the same, where the name is the first @length bytes of @name
 */
const char *environment_get_n(const struct string_list *environment, const char *name,
                              size_t length);

/**
 * environment_set() - assign a variable
 * @assignment: "NAME=VALUE"; an earlier one of this name is replaced
 *
 * Return: 0 or -ENOMEM.
 */
int environment_set(struct string_list *environment, const char *assignment);

/**
 * environment_unset() - remove what is assigned
 * @name:       of a variable; or "NAME=VALUE", which has to be the same
 */
void environment_unset(struct string_list *environment, const char *name);
