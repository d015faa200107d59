/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A directory of a test's own
 */

#include "unit.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEMPORARY_DIRECTORY "/tmp/dadwait-test-XXXXXX"

/* @ret: receives the path */
static inline void temporary_directory_make(char ret[static sizeof(TEMPORARY_DIRECTORY)]) {
        strcpy(ret, TEMPORARY_DIRECTORY);
        assert_non_null(mkdtemp(ret));
}

static inline int temporary_directory_remove_entry(const char *path, const struct stat *st,
                                                   int type, struct FTW *ftw) {
        (void)st;
        (void)type;
        (void)ftw;
        return remove(path);
}

/* Removes it with everything in it. */
static inline void temporary_directory_remove(const char *path) {
        assert_int_equal(nftw(path, temporary_directory_remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}
