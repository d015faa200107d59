/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reads the files of a configuration, and those that they include, for the formats
 */

#include "common/string-list.h"
#include "input/tree.h"

/* Deeper than any daemon's configuration. */
enum { INCLUDED_FILES_DEPTH_MAX = 16 };

struct included_files;

/**
 * included_files_read_fn - read one file
 * @path:       of the file
 * @content:    may be changed
 *
 * It may call the functions below for what the file includes.
 *
 * Return: 0 or -ENOMEM.
 */
typedef int included_files_read_fn(struct included_files *files, const char *path, char *content);

struct included_files {
        struct tree *tree;
        included_files_read_fn *read;
        void *data;                                 /* for @read */
        const char *open[INCLUDED_FILES_DEPTH_MAX]; /* the files that are being read */
        unsigned depth;                             /* how many they are */
        bool has_warned; /* that a file includes itself: once is enough */
        bool stopped;    /* the budget or the depth is used up; what follows is not read */
};

/**
 * included_files_read() - read a file
 * @ret_exists: receives whether it exists; may be NULL
 *
 * A file that does not exist is skipped silently, other errors are logged. A file that includes
 * itself, directly or by another file, is not read again, and what follows counts. Most daemons end
 * then (httpd, Dovecot, OpenSSH, Redis), so nothing is lost by it; snmpd reads the file 16 times.
 *
 * Return: 0; -EISDIR if it is a directory; -ENOMEM.
 */
int included_files_read(struct included_files *files, const char *path, bool *ret_exists);

/**
 * included_files_read_one() - read a file that has to exist
 * @from:       the file that includes it
 * @line:       in @from
 * @path:       if it does not exist, that is logged, and the plan says so
 *
 * Return: as included_files_read().
 */
int included_files_read_one(struct included_files *files, const char *from, unsigned line,
                            const char *path);

/**
 * included_files_read_pattern() - read the files that a pattern means, in the order of their names
 * @from:       the file that includes
 * @line:       in @from
 * @pattern:    absolute; a path without wildcards has to exist, as for included_files_read_one()
 *
 * Directories are skipped.
 *
 * Return: 0 or -ENOMEM.
 */
int included_files_read_pattern(struct included_files *files, const char *from, unsigned line,
                                const char *pattern);

/**
 * included_files_resolve() - make the path of an included file absolute
 * @beside:     a file; a relative path starts in its directory
 * @path:       absolute or relative
 *
 * Return: to be freed by the caller, or NULL if out of memory.
 */
char *included_files_resolve(const char *beside, const char *path);
