/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Variables: lookup by name, and their expansion in text
 *
 * An environment is a list of "NAME=VALUE" entries in the order of assignment, so that the last
 * one of a name counts.
 */

#include "common/string-list.h"

#include <stdio.h>
#include <sys/types.h>

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
 * environment_write_value() - expand one "$…" and write the result
 * @text:       what follows the '$'
 * @out:        receives the value, nothing if the variable is not assigned; of a '$' before
 *              anything but a name, '{' or '(', the '$' itself
 *
 * Understood: $NAME, ${NAME}, and ${NAME#PREFIX} and ${NAME##PREFIX} where PREFIX is plain text
 * (POSIX XCU 2.6.2).
 *
 * Return: how many bytes of @text were read; -EINVAL for other substitutions, or if @out is too
 * long already; -ENOMEM.
 */
ssize_t environment_write_value(const struct string_list *environment, const char *text, FILE *out);

/**
 * environment_expand() - replace the variables in a text
 * @text:       variables that are not assigned become empty; substitutions that
 *              environment_write_value() does not understand stay as they are
 *
 * Return: the text, to be freed by the caller, or NULL if out of memory.
 */
char *environment_expand(const char *text, const struct string_list *environment);
