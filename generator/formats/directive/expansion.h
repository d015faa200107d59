/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The variables in statements, replaced from the daemon's environment, within a budget
 */

#include "common/string-list.h"

enum { EXPANSION_BUDGET = 64 << 20 }; /* bytes of text with its variables replaced, in all */

struct expansion {
        struct string_list environment; /* "NAME=VALUE" */
        size_t spent;                   /* bytes */
        bool keeps_unknown; /* "$NAME" of what is not assigned stays; else it is empty */
};

/**
 * expansion_apply() - replace the variables in a text
 * @ret:        a copy; to be freed by the caller
 *
 * Without an environment the text stays as it is, "$" and all.
 *
 * Return: 0; -EDQUOT if the budget is used up; -ENOMEM.
 */
int expansion_apply(struct expansion *expansion, const char *text, char **ret);

/**
 * expansion_assign() - assign a variable that a configuration defines itself
 * @assignment: "NAME=VALUE"
 *
 * Of more than MACROS_MAX variables the rest is not known, so each use of one gets a warning.
 *
 * Return: 0 or -ENOMEM.
 */
int expansion_assign(struct expansion *expansion, const char *assignment);

/**
 * expansion_clear() - free all
 */
void expansion_clear(struct expansion *expansion);
