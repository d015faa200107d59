/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The syntax of unit files (systemd.syntax(7))
 */

#include "input/tree.h"

/**
 * unit_file_setting_fn - called for each "KEY=VALUE", in order
 * @section:    without brackets; "" before the first one
 * @value:      continuation lines joined, blanks around it removed, otherwise unchanged
 * @line:       that the setting begins in, from 1
 *
 * Return: 0; -ENOMEM ends the parsing.
 */
typedef int unit_file_setting_fn(const char *section, const char *key, const char *value,
                                 unsigned line, void *data);

/**
 * unit_file_parse() - parse the text of a unit file or of a similar file
 * @text:       writable, @size bytes followed by a NUL; used as scratch space
 * @setting:    called for each setting
 * @data:       passed to @setting
 *
 * Malformed lines are skipped without a warning: systemd itself warns about them.
 *
 * Return: 0 or -ENOMEM.
 */
int unit_file_parse(char *text, size_t size, unit_file_setting_fn *setting, void *data);

/**
 * unit_file_read() - read and parse a file
 *
 * Return: 0; 1 if it exists but cannot be read, which is logged; -ENOENT; -ENOMEM.
 */
int unit_file_read(struct tree *tree, const char *path, unit_file_setting_fn *setting, void *data);
