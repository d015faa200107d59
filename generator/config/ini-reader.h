/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * ini text, read by libinih, which gets only the lines that it reads correctly
 *
 * libinih as distributions build it
 * - cuts lines over 198 bytes and reads the rest as another setting, or, from version 58 on, skips
 *   the next line;
 * - cuts section names over 49 bytes;
 * - reads an indented line as part of the value before it;
 * - adds the settings below a malformed header to the section before.
 *
 * Such lines are skipped with a warning, and so is all that follows such a header.
 */

#include <stddef.h>

/**
 * ini_setting_fn - called for each setting
 * @section:    "" before the first header
 * @value:      without inline comment; may be empty
 * @file, @line: where, for warnings
 * @data:       as given to ini_read()
 */
typedef void ini_setting_fn(const char *section, const char *key, const char *value,
                            const char *file, unsigned line, void *data);

/**
 * ini_read() - read ini text
 * @text:       @size bytes; need not be terminated
 * @file:       its name, for warnings
 * @setting:    called for each setting, in order
 * @data:       passed to @setting
 *
 * What cannot be read is skipped with a warning.
 *
 * Return: 0 or -ENOMEM.
 */
int ini_read(const char *text, size_t size, const char *file, ini_setting_fn *setting, void *data);
