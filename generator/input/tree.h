/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The directory tree that the generator reads: this machine's, or the one below --root=
 *
 * The only way to files in generator/. Nothing here blocks, follows a link out of the root,
 * or reads without bound: only regular files on real file systems are opened, each up to
 * TREE_FILE_SIZE_MAX, and all together within a budget.
 *
 * All paths are absolute and mean what they mean inside the root.
 */

#include "common/string-list.h"
#include "input/budget.h"
#include "input/io-error.h"
#include "input/readable.h"
#include "input/root.h"
#include "input/watched.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

enum {
        TREE_FILE_SIZE_MAX = 4 << 20,       /* bytes of one file */
        TREE_DIRECTORY_ENTRIES_MAX = 20000, /* entries of one directory */
};

struct tree {
        struct root root;
        struct budget budget;
        bool was_denied;        /* something may only be read by another user */
        struct watched watched; /* since tree_reset_total() */
        struct readable readable;
        struct io_error io_error;
};

#define TREE_NULL                                                                                  \
        { .root = ROOT_NULL }

/**
 * tree_open() - start reading a directory tree
 * @tree:       TREE_NULL
 * @root:       directory to take for "/"; NULL or "/" for the machine's own
 *
 * Return: 0 or negative errno; -ENOSYS if a @root other than "/" was asked for on a kernel
 * without openat2(2); -EUNATCH where /proc is not mounted.
 */
int tree_open(struct tree *tree, const char *root);

/**
 * tree_close() - the opposite; usable as CLEANUP(tree_close)
 */
void tree_close(struct tree *tree);

/**
 * tree_reset_budget() - grant the whole budget anew, for the next service
 */
void tree_reset_budget(struct tree *tree);

/**
 * tree_record() - start or stop to record the paths that dadwait-reload.path is to watch
 */
void tree_record(struct tree *tree, bool on);

/**
 * tree_reset_total() - begin with another unit, or with another template and its instances
 *
 * The paths that were recorded are forgotten.
 */
void tree_reset_total(struct tree *tree);

/**
 * tree_total_is_exhausted() - whether all since tree_reset_total() has had four times what a
 * service may have
 *
 * Nothing is refused then: it is for the caller to begin no other instance. That way one is read
 * whole or not at all, and a template's instances, however many their owner makes, cost no other
 * unit anything.
 */
bool tree_total_is_exhausted(const struct tree *tree);

/**
 * tree_pop_io_error() - the first error that was no fault of a file's, which is then forgotten
 * @result:     what to return if there was none
 * @ret_path:   receives what could not be read, valid until the next such error; NULL if there
 *              was none
 *
 * io-error.h says which errors these are, and why they count.
 *
 * Return: the negative errno, or @result.
 */
int tree_pop_io_error(struct tree *tree, int result, const char **ret_path);

/**
 * tree_stat() - stat(2), symbolic links followed inside the root
 *
 * Return: 0 or negative errno; -EDQUOT, here and below, if the budget is used up.
 */
int tree_stat(struct tree *tree, const char *path, struct stat *ret);

/**
 * tree_readlink() - where a symbolic link points, one step
 * @ret:        the link's text, to be freed by the caller
 *
 * Return: 0; -EINVAL if @path is no symbolic link; or negative errno.
 */
int tree_readlink(struct tree *tree, const char *path, char **ret);

/**
 * tree_read() - read a whole regular file
 * @ret:        its bytes and one NUL behind them, to be freed by the caller
 * @ret_size:   how many bytes, without that NUL; the file itself may hold NULs
 *
 * Return: 0; -ENOENT, -EACCES, … as open(2); -EISDIR if @path is a directory; -ENOTSUP if it is
 * no regular file, or one of /proc or /sys; -EFBIG if it is larger than TREE_FILE_SIZE_MAX;
 * -EDQUOT if the budget is used up. A file that not every user may read is private-files.h's.
 */
int tree_read(struct tree *tree, const char *path, char **ret, size_t *ret_size);

/**
 * tree_list() - the names in a directory
 * @ret:        empty; receives the names, sorted by byte value, without "." and ".."
 *
 * Return: 0 or negative errno; -E2BIG if there are more than TREE_DIRECTORY_ENTRIES_MAX.
 */
int tree_list(struct tree *tree, const char *path, struct string_list *ret);

/**
 * tree_list_links() - the names in a directory, and which of them are symbolic links
 * @ret:        as above
 * @ret_links:  empty; receives those of @ret that tree_readlink() is worth asking for: links, and
 *              what the file system does not give the type of (readdir(3)); sorted as well
 *
 * Return: as above.
 */
int tree_list_links(struct tree *tree, const char *path, struct string_list *ret,
                    struct string_list *ret_links);

/**
 * tree_strerror() - what an error of these functions means, for a warning
 *
 * Return: static text.
 */
const char *tree_strerror(int error);
