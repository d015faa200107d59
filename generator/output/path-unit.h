/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What dadwait-reload.path watches: the configuration files that were read
 */

#include "units/dependency-links.h"

/* The paths to watch, in one list for each part of the work, so that each part gets its share. */
struct path_unit {
        bool wanted; /* dadwait-reload.path exists and is enabled */
        struct string_list *items;
        size_t count;
};

/**
 * path_unit_init() - look up dadwait-reload.path
 * @reload:     zeroed
 * @units:      of unit_index_read()
 * @links:      of dependency_links_read()
 *
 * Return: 0 or negative errno.
 */
int path_unit_init(struct path_unit *reload, struct tree *tree, const struct unit_index *units,
                   const struct dependency_links *links);

/**
 * path_unit_collect() - the paths to watch for what a tree has recorded (tree_record())
 * @ret:        empty; receives the paths of files and, with a '/' at the end, of directories:
 *              sorted, each once, at most 1,000
 *
 * Return: 0 or negative errno.
 */
int path_unit_collect(struct tree *tree, struct string_list *ret);

/**
 * path_unit_add() - add the paths to watch for one part of the work
 * @watches:    of path_unit_collect(); empty afterwards
 *
 * Return: 0 or -ENOMEM.
 */
int path_unit_add(struct path_unit *reload, struct string_list *watches);

/**
 * path_unit_write() - write the drop-in for dadwait-reload.path, if there is anything to watch
 * @directory_fd:       normal-dir of systemd.generator(7)
 *
 * A path that a unit file cannot hold is omitted with a warning. If there are too many paths, each
 * part of the work gets its first one, then its second, and so on; the others are omitted with a
 * warning.
 *
 * Return: 0 or negative errno.
 */
int path_unit_write(const struct path_unit *reload, int directory_fd);

/**
 * path_unit_clear() - free all
 */
void path_unit_clear(struct path_unit *reload);
