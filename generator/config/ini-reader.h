/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * ini text, read by libinih behind a reader that keeps its traps shut
 *
 * libinih as distributions build it cuts lines over 198 bytes and reads the rest as another
 * setting (or, from version 58 on, passes over the line that follows), cuts section names over 49
 * bytes, takes an indented line for more of the value before it, and after a malformed header lets
 * the settings land in the section before. So the reader hands on only lines that libinih reads
 * rightly, warns of the others, and passes over all that follows a refused header.
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
 * @data:       handed to @setting
 *
 * What cannot be read is skipped with a warning.
 *
 * Return: 0 or -ENOMEM.
 */
int ini_read(const char *text, size_t size, const char *file, ini_setting_fn *setting, void *data);
