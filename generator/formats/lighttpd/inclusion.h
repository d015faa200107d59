/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/lighttpd/parser.h"

/**
 * inclusion_read() - include "PATTERN"
 * @line:       of the file
 *
 * Return: 0 or -ENOMEM.
 */
int inclusion_read(struct parsed_file *file, unsigned line, const struct value *value);

/**
 * inclusion_read_shell() - include_shell "COMMAND"
 *
 * No command is executed. Understood are "cat" with paths, "echo", and Debian's scripts.
 *
 * Return: 0 or -ENOMEM.
 */
int inclusion_read_shell(struct parsed_file *file, unsigned line, const struct value *value);
