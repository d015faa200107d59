/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Paths whose change may change the outcome, for dadwait-reload.path
 *
 * Those are the files that were read, the files that were missing, and the directories that were
 * listed.
 */

#include "common/string-list.h"

/* Paths that are recorded at the most. dadwait-reload.path watches far fewer; the limit bounds the
 * memory that a service with many missing files costs. */
enum { WATCHED_MAX = 20000 };

/* Zeroed: nothing is recorded. */
struct watched {
        bool is_recording;
        struct string_list paths; /* of files, and of directories with a '/' at the end */
};

/**
 * watched_add_file() - record a file, if paths are being recorded
 * @path:       as it was looked up; one that is not absolute is not recorded
 * @result:     of the lookup: 0 or more, or negative errno. A path that cannot be looked up is
 *              recorded only if it is missing, for then it may appear later
 *
 * Return: @result; -ENOMEM if there is no memory for the path.
 */
int watched_add_file(struct watched *watched, const char *path, int result);

/**
 * watched_add_directory() - the same for a directory that is listed
 */
int watched_add_directory(struct watched *watched, const char *path, int result);

/**
 * watched_clear() - forget all paths
 */
void watched_clear(struct watched *watched);
