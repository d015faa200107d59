/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The directory tree that the generator reads: this machine's, or the one below --root=
 *
 * The generator reads configuration and units through these functions only. They never block on
 * another process, follow no link out of the root (root.h), open regular files only
 * (regular-file.h), and read no more than a budget allows (budget.h).
 *
 * All paths are absolute and mean what they mean inside the root.
 */

#include "common/string-list.h"
#include "input/budget.h"
#include "input/io-error.h"
#include "input/missing-file.h"
#include "input/readable.h"
#include "input/root.h"
#include "input/watched.h"

#include <stdbool.h>
#include <sys/stat.h>

/* In bytes. Configuration files have kilobytes. The limit bounds memory: a file is read whole. */
enum { TREE_FILE_SIZE_MAX = 4 << 20 };

/* Names in one directory. /usr/lib/systemd/system has some hundreds. All are read, then sorted. */
enum { TREE_DIRECTORY_ENTRIES_MAX = 20000 };

struct tree {
        struct root root;
        struct budget budget;
        struct watched watched; /* since tree_reset_total() */
        struct io_error io_error;
        struct missing_file missing; /* that the present service's configuration includes */
        struct readable readable;
        bool was_denied; /* another user, such as root, may read more */
};

#define TREE_NULL                                                                                  \
        { .root = ROOT_NULL }

/**
 * tree_open() - start reading a directory tree
 * @tree:       TREE_NULL
 * @root:       the directory that becomes "/"; NULL or "/" for the machine's own
 *
 * Return: 0 or negative errno; -EUNATCH where /proc is not mounted. On a kernel without openat2(2)
 * the functions below fail with -ENOSYS if @root is another directory.
 */
int tree_open(struct tree *tree, const char *root);

/**
 * tree_close() - free all; usable as CLEANUP(tree_close)
 */
void tree_close(struct tree *tree);

/**
 * tree_reset_budget() - begin with the next service, which gets a whole budget
 */
void tree_reset_budget(struct tree *tree);

/**
 * tree_reset_total() - begin with the next unit, or with the next template and its instances
 *
 * The paths that were recorded are forgotten.
 */
void tree_reset_total(struct tree *tree);

/**
 * tree_total_is_exhausted() - whether BUDGET_SERVICES_PER_TEMPLATE is reached
 *
 * Nothing fails for that: the caller begins no further instance. So an instance is read whole or
 * not at all, and other units get their drop-ins however many instances a template has.
 */
bool tree_total_is_exhausted(const struct tree *tree);

/**
 * tree_record() - start or stop to record the paths that dadwait-reload.path is to watch
 */
void tree_record(struct tree *tree, bool on);

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
 * Return: 0 or negative errno; -EDQUOT, here and below, if the budget is exhausted.
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
 * @ret:        its bytes and one NUL after them, to be freed by the caller
 * @ret_size:   how many bytes, without that NUL; the file itself may hold NULs
 *
 * Return: 0; -ENOENT, -EACCES, … as open(2); -EISDIR if @path is a directory; -ENOTSUP if it is
 * no regular file, or one of /proc or /sys; -EFBIG if it is larger than TREE_FILE_SIZE_MAX;
 * -EDQUOT if the budget is exhausted. If not every user may read the file, private_files_add() is
 * called for it.
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
 * @ret_links:  empty; receives those of @ret that are links, or may be, as some file systems do
 *              not give the type (readdir(3)); sorted as well
 *
 * Return: as above.
 */
int tree_list_links(struct tree *tree, const char *path, struct string_list *ret,
                    struct string_list *ret_links);

/**
 * tree_strerror() - strerror(3) for an error of these functions, for a warning
 * @error:      errno, positive or negative
 *
 * Return: static text.
 */
const char *tree_strerror(int error);
