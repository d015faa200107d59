/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Regular files of real file systems: to read them blocks on no other process and has no effects
 */

#include "input/root.h"

#include <stddef.h>

/**
 * regular_file_open() - open a regular file for reading
 * @ret:        receives its stat(2)
 *
 * Return: the file descriptor; -EISDIR if @path is a directory; -ENOTSUP if it is no regular file,
 * or one of /proc or /sys; or negative errno as root_open_path() and reopen().
 */
int regular_file_open(const struct root *root, const char *path, struct stat *ret);

/**
 * regular_file_read() - read a file from its beginning
 * @fd:         of regular_file_open()
 * @size:       bytes to read; what is added to the file meanwhile is left for the next time
 * @ret:        the bytes and one NUL after them, to be freed by the caller
 * @ret_size:   how many bytes, without that NUL; fewer than @size if the file was truncated
 *
 * Return: 0 or negative errno.
 */
int regular_file_read(int fd, size_t size, char **ret, size_t *ret_size);
