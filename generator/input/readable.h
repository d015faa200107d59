/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether every user may read a file: its mode, and that of the directories it really is in
 */

#include <stdbool.h>
#include <sys/stat.h>

/* The answer for the last directory: the next file is mostly in the same. */
struct readable {
        char *root; /* real path of the directory that is the tree's "/"; NULL: not asked yet */
        char *directory; /* real path */
        bool is_open;    /* every user may go there */
};

/**
 * readable_by_all() - whether that is so
 * @readable:   zeroed before the first call; readable_clear() it
 * @root_fd:    the directory that is the tree's "/": what is above it does not count
 * @fd:         of the file
 * @mode:       of the file
 *
 * Asks for the real path, behind all links, by /proc: one system call for each further file of a
 * directory. A file whose path cannot be known is private.
 *
 * Return: 1, 0 or negative errno.
 */
int readable_by_all(struct readable *readable, int root_fd, int fd, mode_t mode);

/**
 * readable_clear() - free all
 */
void readable_clear(struct readable *readable);
