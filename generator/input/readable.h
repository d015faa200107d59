/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether every user may read a file, by its mode and that of its directories
 */

#include <stdbool.h>
#include <sys/stat.h>

/* The result for the last directory, as the next file is mostly in the same. */
struct readable {
        char *root;         /* real path of the directory that is the tree's "/", or NULL */
        char *directory;    /* real path, or NULL */
        bool is_searchable; /* by every user, with all directories above it */
};

/**
 * readable_by_all() - whether every user may read a file
 * @readable:   zeroed before the first call; readable_clear() it
 * @root_fd:    the directory that is the tree's "/": what is above it does not count
 * @fd:         of the file
 * @mode:       of the file
 *
 * The real path, with all links resolved, is read from /proc: one system call for each further file
 * of a directory. A file whose path cannot be determined counts as unreadable.
 *
 * Return: 1, 0 or negative errno.
 */
int readable_by_all(struct readable *readable, int root_fd, int fd, mode_t mode);

/**
 * readable_clear() - free all
 */
void readable_clear(struct readable *readable);
