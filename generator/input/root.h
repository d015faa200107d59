/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The directory of --root=: paths are looked up inside it, whatever symbolic links and ".." say
 *
 * All paths are absolute and mean what they mean inside the root.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* How often a lookup is repeated that another process's rename or mount has disturbed (openat2(2),
 * EAGAIN). That happens once or twice on a busy machine; a loop without end could hang the boot. */
enum { ROOT_ATTEMPTS_MAX = 1000 };

struct root {
        int fd;              /* of O_PATH, or -1 */
        uint64_t resolve;    /* RESOLVE_IN_ROOT of openat2(2); 0 for the machine's own "/" */
        bool has_automounts; /* which must not be triggered (automount.h) */
};

#define ROOT_NULL                                                                                  \
        { .fd = -1 }

/**
 * root_open() - open the directory that becomes "/"
 * @root:       ROOT_NULL
 * @path:       NULL or "/" for the machine's own
 *
 * Return: 0 or negative errno; -EUNATCH where /proc is not mounted.
 */
int root_open(struct root *root, const char *path);

/**
 * root_close() - close it; usable as CLEANUP(root_close)
 */
void root_close(struct root *root);

/**
 * root_open_path() - open(2) inside the root
 * @flags:      of open(2); O_CLOEXEC is added
 *
 * Return: the file descriptor, or negative errno; -ENOSYS if there is a root other than "/" and
 * the kernel has no openat2(2); -EREMOTE as automount_open().
 */
int root_open_path(const struct root *root, const char *path, int flags);

/**
 * root_stat() - stat(2) inside the root
 *
 * Return: 0 or negative errno.
 */
int root_stat(const struct root *root, const char *path, struct stat *ret);

/**
 * root_readlink() - where a symbolic link points, one step
 * @ret:        the link's text, to be freed by the caller
 *
 * Return: 0; -EINVAL if @path is no symbolic link; or negative errno.
 */
int root_readlink(const struct root *root, const char *path, char **ret);
