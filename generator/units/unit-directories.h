/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Where the system manager looks for units
 *
 * sd_path_lookup(3) knows that as well. But libsystemd brings seven more libraries on Debian 12,
 * and to load them takes an eighth of the generator's time (docs/generator-figures.md).
 */

#include "common/string-list.h"

/**
 * unit_directories_find() - the search path of the system manager
 * @ret:        empty; receives the paths, highest priority first
 *
 * As lookup_paths_init() of systemd 247 to 257 has it: $SYSTEMD_UNIT_PATH, whose last character may
 * be a colon to have the other ones follow, or else those of systemd.unit(5).
 *
 * Return: 0 or -ENOMEM.
 */
int unit_directories_find(struct string_list *ret);
