/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * generator/input/tree.h without a file system: the tree is one text
 *
 *     === /etc/apache2/apache2.conf
 *     Include ports.conf
 *     === /etc/apache2/ports.conf
 *     Listen 80
 *     === /etc/apache2/link -> ports.conf
 *
 * Directories are there because files are in them.
 */

#include <stddef.h>

/**
 * memory_tree_set() - the tree that all functions of tree.h show from now on
 * @text:       borrowed until the next call; any bytes
 */
void memory_tree_set(const char *text, size_t size);
