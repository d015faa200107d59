/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The syntax of unit files (systemd.syntax(7)), as far as reading a few keys needs it
 */

#include "input/tree.h"

/**
 * unit_file_setting_fn - called for each "KEY=VALUE", in order
 * @section:    without brackets; "" before the first one
 * @value:      continuation lines joined, outer blanks left out, otherwise as it stands
 */
typedef void unit_file_setting_fn(const char *section, const char *key, const char *value,
                                  void *data);

/**
 * unit_file_parse() - read the text of a unit file or of one like it
 * @text:       writable, @size bytes and a NUL behind them; used as scratch space
 * @setting:    called for each setting
 * @data:       handed to @setting
 *
 * What is malformed is passed over in silence: systemd itself warns of it.
 */
void unit_file_parse(char *text, size_t size, unit_file_setting_fn *setting, void *data);

/**
 * unit_file_read() - the same of a file
 *
 * Return: 0; 1 if it is there but cannot be read, which is logged; -ENOENT; -ENOMEM.
 */
int unit_file_read(struct tree *tree, const char *path, unit_file_setting_fn *setting, void *data);
