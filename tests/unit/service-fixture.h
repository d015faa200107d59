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
        assert_int_equal(services_find(tree, &machine->config, &machine->units, &machine->services),
                         0);
}
