/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The generator from /etc/dadwait.conf to the text of the drop-ins, fed with anything (libFuzzer):
 * the ini files through libinih, sections, names and files of units. The input is a whole tree, see
 * memory-tree.h.
 */

#include "common/cleanup.h"
#include "log.h"
#include "memory-tree.h"
#include "output/drop-in.h"
#include "output/wait-unit.h"
#include "units/late-mounts.h"
#include "units/unit-name.h"

#include <string.h>

static const char *const DIRECTORIES[] = { "/etc/systemd/system", "/run/systemd/generator", "/lib",
                                           NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void skip(const char **text, const char *prefix) {
        if (strncmp(*text, prefix, strlen(prefix)) != 0)
                abort();
        *text += strlen(prefix);
}

/* One line, the last, that holds none of systemd's special characters alone. */
static void check_command(const char *text) {
        if (text[strcspn(text, "\n")] != '\n' || text[strcspn(text, "\n") + 1] != '\0' ||
            text[strcspn(text, "\"'\\${};")])
                abort();
        while ((text = strchr(text, '%'))) {
                if (text[1] != '%')
                        abort();
                text += 2;
        }
}

/* The names of units hold nothing special but backslashes, which systemd.unit(5) keeps there. */
static void check_dependency(const char **text, const char *key, const char *unit) {
        skip(text, key);
        skip(text, unit);
        skip(text, "\n");
}

/* Comments, then the command, or the unit of its own that has it. */
static void check_drop_in(const char *text, const struct service *service, enum place place) {
        CLEANUP(freep) char *unit = NULL;

        while (text[0] == '#') {
                text = strchr(text, '\n');
                if (!text++)
                        abort();
        }
        if (place == PLACE_IN_UNIT) {
                skip(&text, "[Service]\nExec");
                check_command(text);
                return;
        }
        if (wait_unit_name(service->unit.name, &unit) < 0)
                abort();
        skip(&text, "[Unit]\n");
        check_dependency(&text, service->settings.fail_on_timeout ? "Requires=" : "Wants=", unit);
        check_dependency(&text, "After=", unit);
        if (*text)
                abort();
}

static void check_wait_unit(const char *text) {
        const char *command = strstr(text, "\nExecStart=");

        if (!command)
                abort();
        check_command(command + 1);
}

static void handle(struct tree *tree, const struct unit_index *units,
                   const struct socket_list *sockets, const struct late_mounts *late_mounts,
                   const struct service *service) {
        CLEANUP(decision_clear) struct decision decision = { 0 };
        CLEANUP(freep) char *text = NULL, *wait_unit = NULL;
        int r;

        if (!unit_name_is_service(service->unit.name) || strchr(service->unit.name, '/'))
                abort();
        if (decide(tree, units, sockets, late_mounts, service, &decision) < 0)
                abort();
        if (decision.verdict != VERDICT_WAIT)
                return;
        r = drop_in_format(service, &decision, &text);
        if (r == -ENAMETOOLONG) /* of the unit of its own */
                return;
        if (r < 0)
                abort();
        check_drop_in(text, service, decision.place);
        if (decision.place != PLACE_OWN_UNIT)
                return;
        if (wait_unit_format(service, &decision, &wait_unit) < 0)
                abort();
        check_wait_unit(wait_unit);
}

/* All that is read of units and of dadwait's own configuration. */
struct machine {
        struct unit_index units;
        struct dependency_links links;
        struct socket_list sockets;
        struct late_mounts late_mounts;
        struct assignment_list config;
        struct string_list names;
        struct started_units started;
        struct program_list programs;
        struct quadlet_list quadlets;
        struct service_list services;
};

static void machine_clear(struct machine *machine) {
        service_list_clear(&machine->services);
        program_list_clear(&machine->programs);
        quadlet_list_clear(&machine->quadlets);
        started_units_clear(&machine->started);
        string_list_clear(&machine->names);
        assignment_list_clear(&machine->config);
        late_mounts_clear(&machine->late_mounts);
        socket_list_clear(&machine->sockets);
        dependency_links_clear(&machine->links);
        unit_index_clear(&machine->units);
}

static int machine_read(struct tree *tree, struct machine *ret) {
        const struct service_context context = {
                tree,           &ret->config,   &ret->units, &ret->started,
                &ret->programs, &ret->quadlets, &ret->links,
        };

        if (unit_index_read(tree, DIRECTORIES, &ret->units) < 0 ||
            dependency_links_read(tree, &ret->units, &ret->links) < 0 ||
            socket_list_read(tree, &ret->units, &ret->links, &ret->sockets) < 0 ||
            late_mounts_read(tree, &ret->units, &ret->late_mounts) < 0 ||
            assignment_list_read(tree, &ret->config) < 0 ||
            services_add_local_names(&ret->config, &ret->names) < 0 ||
            started_units_read(tree, &ret->units, &ret->links, &ret->sockets, &ret->names,
                               &ret->started) < 0 ||
            quadlet_list_read(tree, &ret->quadlets) < 0 ||
            program_list_make(&ret->config, &ret->programs) < 0)
                return -ENOMEM;
        return services_find(&context, &ret->services);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        CLEANUP(machine_clear) struct machine machine = { 0 };
        CLEANUP(tree_close) struct tree tree = TREE_NULL;

        memory_tree_set((const char *)data, size);
        if (tree_open(&tree, NULL) < 0 || machine_read(&tree, &machine) < 0)
                abort();
        for (size_t i = 0; i < machine.services.count; i++)
                handle(&tree, &machine.units, &machine.sockets, &machine.late_mounts,
                       &machine.services.items[i]);
        log_close();
        return 0;
}
