/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A directory of a test's own that the generator writes into
 */

#include "tree-fixture.h"

#include <fcntl.h>

/**
 * directory_fixture_open() - make normal-dir of systemd.generator(7)
 *
 * Return: its descriptor, to be closed by the caller.
 */
static inline int directory_fixture_open(const struct tree_fixture *files) {
        CLEANUP(freep) char *path = tree_fixture_path(files, "/normal/");
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        assert_true(fd >= 0);
        return fd;
}

/**
 * directory_fixture_read() - the text of a regular file that every user may read, and no other
 * user may write
 * @path:       below normal-dir
 *
 * Return: to be freed by the caller.
 */
static inline char *directory_fixture_read(int directory_fd, const char *path) {
        CLEANUP(closep) int fd = openat(directory_fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
        struct stat st;
        char *text;

        assert_true(fd >= 0);
        assert_int_equal(fstat(fd, &st), 0);
        assert_int_equal(st.st_mode, S_IFREG | 0644);
        text = calloc(1, (size_t)st.st_size + 1);
        assert_non_null(text);
        assert_int_equal(read(fd, text, (size_t)st.st_size), st.st_size);
        return text;
}
