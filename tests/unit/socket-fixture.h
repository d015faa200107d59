/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Socket units in a tree of a test's own, read as the generator reads them
 */

#include "tree-fixture.h"
#include "units/socket-list.h"

#define ETC   "/etc/systemd/system"
#define USR   "/usr/lib/systemd/system"
#define WANTS ETC "/sockets.target.wants"

struct socket_fixture {
        struct tree_fixture files;
        struct unit_index units;
        struct socket_list sockets;
};

static inline int socket_fixture_set_up(void **state) {
        static struct socket_fixture fixture;

        fixture = (struct socket_fixture){ 0 };
        tree_fixture_open(&fixture.files);
        *state = &fixture;
        return 0;
}

static inline void socket_fixture_clear(struct socket_fixture *fixture) {
        socket_list_clear(&fixture->sockets);
        unit_index_clear(&fixture->units);
}

static inline int socket_fixture_tear_down(void **state) {
        struct socket_fixture *fixture = *state;

        socket_fixture_clear(fixture);
        tree_fixture_close(&fixture->files);
        return 0;
}

static inline void socket_fixture_write(struct socket_fixture *fixture, const char *path,
                                        const char *text) {
        tree_fixture_write(&fixture->files, path, text);
}

/**
 * socket_fixture_read() - read all socket units of the tree
 */
static inline const struct socket_list *socket_fixture_read(struct socket_fixture *fixture) {
        static const char *const DIRECTORIES[] = { ETC, USR, NULL };
        CLEANUP(dependency_links_clear) struct dependency_links links = { 0 };
        struct tree *tree = &fixture->files.tree;

        socket_fixture_clear(fixture);
        assert_int_equal(unit_index_read(tree, DIRECTORIES, &fixture->units), 0);
        assert_int_equal(dependency_links_read(tree, &fixture->units, &links), 0);
        assert_int_equal(socket_list_read(tree, &fixture->units, &links, &fixture->sockets), 0);
        return &fixture->sockets;
}
