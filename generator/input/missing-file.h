/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The first file that a configuration includes and that does not exist
 *
 * The plan names it as the reason why no address is known. It is kept here, like io-error.h, so
 * that a format does not have to.
 */

#include <limits.h>

/* Zeroed: none. */
struct missing_file {
        char from[PATH_MAX]; /* that includes it */
        unsigned line;       /* in @from */
        char path[PATH_MAX]; /* "": none */
};

/**
 * missing_file_record() - keep a file that does not exist if it is the first one
 * @from:       that includes it; if not every user may read it, nothing is kept
 * @line:       in @from
 * @included:   its path
 */
void missing_file_record(struct missing_file *missing, const char *from, unsigned line,
                         const char *included);

/**
 * missing_file_pop() - the file that was kept, which is then forgotten
 * @ret:        receives what to say about it, to be freed by the caller; NULL if there was none
 *
 * Return: 0 or -ENOMEM.
 */
int missing_file_pop(struct missing_file *missing, char **ret);
