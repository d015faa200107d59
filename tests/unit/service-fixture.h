/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A machine of a test's own: its units, dadwait's configuration, and the services that come of them
 */

#include "plan/service.h"
#include "tree-fixture.h"

#define ETC "/etc/systemd/system"
#define USR "/usr/lib/systemd/system"

struct service_fixture {
        struct tree_fixture files;
        struct assignment_list config;
        struct unit_index units;
        struct socket_list sockets;
        struct started_units started;
        struct program_list programs;
        struct quadlet_list quadlets;
        struct dependency_links links;
        struct service_context context; /* of all these */
        struct service_list services;
};

/**
 * service_fixture_set_up() - an empty machine; for cmocka
 */
static inline int service_fixture_set_up(void **state) {
        struct service_fixture *machine = calloc(1, sizeof(*machine));

        assert_non_null(machine);
        tree_fixture_open(&machine->files);
        *state = machine;
        return 0;
}

static inline void service_fixture_clear(struct service_fixture *machine) {
        service_list_clear(&machine->services);
        program_list_clear(&machine->programs);
        quadlet_list_clear(&machine->quadlets);
        dependency_links_clear(&machine->links);
        started_units_clear(&machine->started);
        socket_list_clear(&machine->sockets);
        unit_index_clear(&machine->units);
        assignment_list_clear(&machine->config);
}

/**
 * service_fixture_tear_down() - the opposite
 */
static inline int service_fixture_tear_down(void **state) {
        struct service_fixture *machine = *state;

        service_fixture_clear(machine);
        tree_fixture_close(&machine->files);
        free(machine);
        return 0;
}

static inline void service_fixture_find(struct service_fixture *machine) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        struct tree *tree = &machine->files.tree;

        machine->context = (struct service_context){
                tree,
                &machine->config,
                &machine->units,
                &machine->started,
                &machine->programs,
                &machine->quadlets,
                &machine->links,
        };
        assert_int_equal(dependency_links_read(tree, &machine->units, &machine->links), 0);
        assert_int_equal(quadlet_list_read(tree, &machine->quadlets), 0);
        assert_int_equal(
                socket_list_read(tree, &machine->units, &machine->links, &machine->sockets), 0);
        assert_int_equal(services_add_local_names(&machine->config, &names), 0);
        assert_int_equal(started_units_read(tree, &machine->units, &machine->links,
                                            &machine->sockets, &names, &machine->started),
                         0);
        assert_int_equal(program_list_make(&machine->config, &machine->programs), 0);
        assert_int_equal(services_find(&machine->context, &machine->services), 0);
}

/**
 * service_fixture_read() - read units and configuration anew
 * @config:     text of /etc/dadwait.conf
 */
static inline void service_fixture_read(struct service_fixture *machine, const char *config) {
        static const char *const DIRECTORIES[] = { ETC, "/run/systemd/generator", USR, NULL };
        struct tree *tree = &machine->files.tree;

        service_fixture_clear(machine);
        tree_fixture_write(&machine->files, "/etc/dadwait.conf", config);
        tree_reset_budget(tree);
        assert_int_equal(unit_index_read(tree, DIRECTORIES, &machine->units), 0);
        assert_int_equal(assignment_list_read(tree, &machine->config), 0);
        service_fixture_find(machine);
}
