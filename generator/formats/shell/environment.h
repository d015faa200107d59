/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The expansion of variables in text, as sh(1) does it
 */

#include "input/variable-list.h"

#include <stdio.h>
#include <sys/types.h>

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
