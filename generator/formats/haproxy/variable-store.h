/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * haproxy's environment, which `global` sections change while the files are read
 */

#include "common/string-list.h"

#include <stdbool.h>

/* Inside of the value of a variable that may have another one: no text of a file contains it. */
#define VARIABLE_UNKNOWN "\001"

struct variables {
        struct string_list list; /* "NAME=VALUE", each name once */
        size_t size;             /* bytes in it */
};

/**
 * haproxy_variables_get() - getenv(3)
 *
 * Return: the value, borrowed, or NULL.
 */
const char *haproxy_variables_get(const struct variables *variables, const char *name);

/**
 * haproxy_variables_set() - setenv(3)
 *
 * Return: 0; -E2BIG if they would become larger than those of any real configuration; -ENOMEM.
 */
int haproxy_variables_set(struct variables *variables, const char *name, const char *value);

/**
 * haproxy_variables_unset() - unsetenv(3)
 */
void haproxy_variables_unset(struct variables *variables, const char *name);

/**
 * haproxy_variables_clear() - free all
 */
void haproxy_variables_clear(struct variables *variables);
