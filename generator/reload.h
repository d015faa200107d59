/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What dadwait-reload.path watches: the configuration files that were read
 */

#include "unit-index.h"

/* What to watch, in one list for each part of the work, so that none takes the place of others. */
struct reload {
        bool wanted; /* dadwait-reload.path is there */
        struct string_list *items;
        size_t count;
};

/**
 * reload_init() - find out whether anything is to be watched
 * @reload:     zeroed
 * @units:      of unit_index_read()
 *
 * Return: 0 or negative errno.
 */
int reload_init(struct reload *reload, struct tree *tree, const struct unit_index *units);

/**
 * reload_collect() - what to watch for what a tree has noted (tree_note())
 * @ret:        empty; receives the paths of files and, with a '/' at the end, of directories:
 *              sorted, each once, at most 1,000
 *
 * Return: 0 or negative errno.
 */
int reload_collect(struct tree *tree, struct string_list *ret);

/**
 * reload_add() - add what to watch for one part of the work
 * @watches:    of reload_collect(); left empty
 *
 * Return: 0 or -ENOMEM.
 */
int reload_add(struct reload *reload, struct string_list *watches);

/**
 * reload_write() - write the drop-in for dadwait-reload.path, if there is anything to watch
 * @directory_fd:       normal-dir of systemd.generator(7)
 *
 * A path that a unit file cannot hold is left out with a warning. So are those that would be too
 * many: each part of the work gets one, then each its second, and so on.
 *
 * Return: 0 or negative errno.
 */
int reload_write(const struct reload *reload, int directory_fd);

/**
 * reload_clear() - free all
 */
void reload_clear(struct reload *reload);
