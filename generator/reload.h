/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What dadwait-reload.path watches: the configuration files that were read
 */

#include "unit-index.h"

/**
 * reload_write() - write the drop-in for dadwait-reload.path, if that unit is there
 * @tree:               has noted what the services' configuration was read from (tree_note())
 * @units:      of unit_index_read()
 * @directory_fd:       normal-dir of systemd.generator(7)
 *
 * A path that a unit file cannot hold, or that would be one too many, is left out with a warning.
 *
 * Return: 0 or negative errno.
 */
int reload_write(struct tree *tree, const struct unit_index *units, int directory_fd);
