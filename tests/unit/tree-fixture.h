/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A directory tree of a test's own below /tmp, as --root= would name it
 */

#include "common/cleanup.h"
#include "input/tree.h"
#include "unit.h"

#include <ftw.h>
#include <string.h>
#include <sys/stat.h>

struct tree_fixture {
        char root[sizeof("/tmp/dadwait-test-XXXXXX")];
        struct tree tree;
};

/**
 * tree_fixture_open() - make an empty tree
 */
static inline void tree_fixture_open(struct tree_fixture *fixture) {
        strcpy(fixture->root, "/tmp/dadwait-test-XXXXXX");
        fixture->tree = (struct tree)TREE_NULL;
        assert_non_null(mkdtemp(fixture->root));
        assert_int_equal(tree_open(&fixture->tree, fixture->root), 0);
}

static inline int tree_fixture_remove(const char *path, const struct stat *st, int type,
                                      struct FTW *ftw) {
        (void)st;
        (void)type;
        (void)ftw;
        return remove(path);
}

/**
 * tree_fixture_close() - remove it, with all that is in it
 */
static inline void tree_fixture_close(struct tree_fixture *fixture) {
        tree_close(&fixture->tree);
        assert_int_equal(nftw(fixture->root, tree_fixture_remove, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/**
 * tree_fixture_path() - the path on this machine of a path in the tree; makes the directories above
 *
 * Return: to be freed by the caller.
 */
static inline char *tree_fixture_path(const struct tree_fixture *fixture, const char *path) {
        char *full;

        assert_true(asprintf(&full, "%s%s", fixture->root, path) > 0);
        for (char *p = full + strlen(fixture->root) + 1; (p = strchr(p, '/')); p++) {
                *p = '\0';
                assert_true(mkdir(full, 0755) == 0 || errno == EEXIST);
                *p = '/';
        }
        return full;
}

/**
 * tree_fixture_write() - write a file
 */
static inline void tree_fixture_write(const struct tree_fixture *fixture, const char *path,
                                      const char *text) {
        CLEANUP(freep) char *full = tree_fixture_path(fixture, path);
        FILE *file = fopen(full, "we");

        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
}

/**
 * tree_fixture_link() - make a symbolic link
 */
static inline void tree_fixture_link(const struct tree_fixture *fixture, const char *path,
                                     const char *target) {
        CLEANUP(freep) char *full = tree_fixture_path(fixture, path);

        assert_int_equal(symlink(target, full), 0);
}
