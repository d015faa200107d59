/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What dadwait-reload.path watches: the configuration files that were read
 */

#include "units/unit-index.h"

/* What to watch, in one list for each part of the work, so that none takes the place of others. */
struct path_unit {
        bool wanted; /* dadwait-reload.path is there */
        struct string_list *items;
        size_t count;
};

/**
 * path_unit_init() - find out whether anything is to be watched
 * @reload:     zeroed
 * @units:      of unit_index_read()
 *
 * Return: 0 or negative errno.
 */
int path_unit_init(struct path_unit *reload, struct tree *tree, const struct unit_index *units);

/**
 * path_unit_collect() - what to watch for what a tree has noted (tree_record())
 * @ret:        empty; receives the paths of files and, with a '/' at the end, of directories:
 *              sorted, each once, at most 1,000
 *
 * Return: 0 or negative errno.
 */
int path_unit_collect(struct tree *tree, struct string_list *ret);

/**
 * path_unit_add() - add what to watch for one part of the work
 * @watches:    of path_unit_collect(); left empty
 *
 * Return: 0 or -ENOMEM.
 */
int path_unit_add(struct path_unit *reload, struct string_list *watches);

/**
 * path_unit_write() - write the drop-in for dadwait-reload.path, if there is anything to watch
 * @directory_fd:       normal-dir of systemd.generator(7)
 *
 * A path that a unit file cannot hold is left out with a warning. So are those that would be too
 * many: each part of the work gets one, then each its second, and so on.
 *
 * Return: 0 or negative errno.
 */
int path_unit_write(const struct path_unit *reload, int directory_fd);

/**
 * path_unit_clear() - free all
 */
void path_unit_clear(struct path_unit *reload);
