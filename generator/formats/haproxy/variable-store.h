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
 * variables_get() - getenv(3)
 *
 * Return: the value, borrowed, or NULL.
 */
const char *variables_get(const struct variables *variables, const char *name);

/**
 * variables_set() - setenv(3)
 *
 * Return: 0; -E2BIG if they would become larger than those of any real configuration; -ENOMEM.
 */
int variables_set(struct variables *variables, const char *name, const char *value);

/**
 * variables_unset() - unsetenv(3)
 */
void variables_unset(struct variables *variables, const char *name);

/**
 * variables_clear() - free all
 */
void variables_clear(struct variables *variables);
