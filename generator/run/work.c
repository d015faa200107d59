/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "run/work.h"

#include "common/cleanup.h"
#include "input/private-files.h"
#include "log.h"
#include "output/drop-in.h"
#include "output/wait-unit.h"
#include "plan/not-waited.h"
#include "units/default-timeout.h"

#include <string.h>

/* Bytes for one part; beyond that no other instance is handled. /run is in memory, and the owner of
 * a template's files decides how many instances there are. */
enum { WRITTEN_MAX = 16 << 20 };

/* An image that is being built (--root=) has nothing mounted, which is not worth a warning. */
static int find_late_mounts(struct work *work) {
        bool by_hand = work->output_fd < 0;
        int r;

        if (work->root && !by_hand)
                return 0;
        r = late_mounts_read(work->tree, &work->units, &work->late_mounts);
        if (r < 0)
                return r;
        if (!by_hand)
                late_mounts_drop_mounted(&work->late_mounts);
        return 0;
}

struct service_context work_context(const struct work *work) {
        return (struct service_context){
                .tree = work->tree,
                .config = &work->config,
                .units = &work->units,
                .started = &work->started,
                .programs = &work->programs,
                .quadlets = &work->quadlets,
                .links = &work->links,
        };
}

/* Return: 0, or negative errno, which has been logged. */
static int read_all(struct work *work) {
        const char *path;
        int r;

        r = find_late_mounts(work);
        if (r >= 0)
                r = assignment_list_read(work->tree, &work->config);
        if (r >= 0)
                r = dependency_links_read(work->tree, &work->units, &work->links);
        if (r >= 0)
                r = socket_list_read(work->tree, &work->units, &work->links, &work->sockets);
        if (r >= 0)
                r = quadlet_list_read(work->tree, &work->quadlets);
        r = tree_pop_io_error(work->tree, r, &path);
        if (r < 0)
                log_warning(path, 0, "Cannot read the configuration: %s.", tree_strerror(r));
        return r;
}

static int find_parts(struct work *work) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        const struct service_context context = work_context(work);
        int r;

        r = services_add_local_names(&work->config, &names);
        if (r >= 0)
                r = started_units_read(work->tree, &work->units, &work->links, &work->sockets,
                                       &names, &work->started);
        if (r >= 0)
                r = program_list_make(&work->config, &work->programs);
        if (r >= 0)
                r = services_find(&context, &work->services);
        return r < 0 ? r : templates_find(&context, &work->templates);
}

/* All or nothing: a file that cannot be read may have said that a service is not to wait. */
int work_find(struct work *work) {
        const char *path;
        int r;

        r = unit_index_read(work->tree, NULL, &work->units);
        if (r >= 0 && !work->root)
                r = default_timeout_override(&work->units.default_start_timeout_usec);
        if (r < 0) {
                log_warning(NULL, 0, "Cannot find out where units are: %s.", tree_strerror(r));
                return r;
        }
        r = read_all(work);
        if (r < 0)
                return r;
        r = tree_pop_io_error(work->tree, find_parts(work), &path);
        if (r < 0)
                log_warning(path, 0, "Cannot find out which services there are: %s.",
                            tree_strerror(r));
        return r;
}

size_t work_count(const struct work *work) {
        return work->services.count + work->templates.count;
}

const char *work_name(const struct work *work, size_t index) {
        return index < work->services.count
                       ? work->services.items[index].unit.name
                       : work->templates.items[index - work->services.count].name;
}

static void log_late_mount(const struct work *work, const char *mount, const char *unit) {
        const char *cure = string_list_contains(&work->late_mounts.unordered, mount)
                                   ? "`systemctl daemon-reload` once it is mounted"
                                   : "`systemctl enable dadwait-after-mounts.service`";

        if (!late_mounts_is_awaited(&work->late_mounts, mount))
                log_warning(mount, 0,
                            "Not mounted yet, so the configuration of %s is read in part only. "
                            "To read it all, run %s.",
                            unit, cure);
}

/* At boot: a template whose files are not mounted yet has unknown instances. */
static int find_late_template(struct work *work, const struct template *template) {
        const char *mount = NULL;
        int r = 0;

        if (!unit_index_find(&work->units, template->name))
                return 0;
        for (size_t i = 0; r >= 0 && !mount && i < work->config.count; i++) {
                const struct assignment *assignment = &work->config.items[i];
                CLEANUP(freep) char *path = NULL;

                if (strcmp(assignment->key, "Config") != 0 || assignment->value[0] != '/' ||
                    !string_list_contains(&template->sections, assignment->section))
                        continue;
                path = strndup(assignment->value, strcspn(assignment->value, "%"));
                r = path ? late_mounts_find(work->tree, &work->late_mounts, path, &mount) : -ENOMEM;
        }
        if (mount)
                log_late_mount(work, mount, template->name);
        return r;
}

/* What is to be written for a service; no texts if nothing is. */
struct outcome {
        struct decision decision;
        char *drop_in, *wait_unit;
};

static void outcome_clear(struct outcome *outcome) {
        decision_clear(&outcome->decision);
        free(outcome->drop_in);
        free(outcome->wait_unit);
}

/* The contents of @outcome are moved into @plan. An error while its notes are read costs these
 * only. Return: 0, or negative errno, which has been logged. */
static int add_to_plan(struct work *work, const struct service *service, struct outcome *outcome,
                       struct plan *plan) {
        CLEANUP(address_list_clear) struct address_list not_waited = { 0 };
        struct decision *decision = &outcome->decision;
        int r, result;

        result = not_waited_find(work->tree, &work->units, service, decision, &not_waited);
        r = plan_add(plan, work->tree, service, decision, &not_waited, &outcome->drop_in,
                     &outcome->wait_unit);
        return r < 0 ? r : result;
}

/*
 * @ret_path: receives the path that could not be read, or NULL
 *
 * Return: 0 or negative errno.
 */
static int find_outcome(struct work *work, const struct service *service, struct outcome *ret,
                        const char **ret_path) {
        struct decision *decision = &ret->decision;
        int r;

        r = tree_pop_io_error(work->tree,
                              decide(work->tree, &work->units, &work->sockets, &work->late_mounts,
                                     service, decision),
                              ret_path);
        if (r >= 0 && decision->verdict == VERDICT_WAIT)
                r = drop_in_format(service, decision, &ret->drop_in);
        if (r >= 0 && ret->drop_in && decision->place == PLACE_OWN_UNIT)
                r = wait_unit_format(service, decision, &ret->wait_unit);
        if (r < 0)
                return r;
        work->written += ret->drop_in ? strlen(ret->drop_in) : 0;
        work->written += ret->wait_unit ? strlen(ret->wait_unit) : 0;
        return 0;
}

static int write_outcome(const struct work *work, const char *name, const struct outcome *outcome) {
        int r = 0;

        if (outcome->decision.late_mount)
                log_late_mount(work, outcome->decision.late_mount, name);
        if (outcome->wait_unit)
                r = wait_unit_write(work->output_fd, name, outcome->wait_unit);
        if (r >= 0 && outcome->drop_in)
                r = drop_in_write(work->output_fd, name, outcome->drop_in);
        return r;
}

static int handle(struct work *work, const struct service *service, struct plan *plan) {
        CLEANUP(outcome_clear) struct outcome outcome = { 0 };
        const char *name = service->unit.name, *path;
        int r;

        r = find_outcome(work, service, &outcome, &path);
        if (r >= 0 && plan)
                return add_to_plan(work, service, &outcome, plan);
        if (r >= 0)
                r = write_outcome(work, name, &outcome);
        if (r < 0)
                log_warning(path, 0, "No drop-in for %s: %s.", name, tree_strerror(r));
        return r;
}

static int handle_service(struct work *work, const struct service *service, struct plan *plan) {
        int r;

        private_files_begin(service->unit.name);
        r = handle(work, service, plan);
        private_files_end();
        return r;
}

static int handle_instances(struct work *work, const struct template *template, struct plan *plan) {
        const struct service_list *instances = &template->instances;
        int result = 0;

        for (size_t i = 0; i < instances->count; i++) {
                bool is_full = work->written >= WRITTEN_MAX;
                int r;

                if (tree_total_is_exhausted(work->tree) || is_full) {
                        log_warning(
                                NULL, 0,
                                "Too much to %s for all of %s, ignoring %s and those that follow.",
                                is_full ? "write" : "read", template->name,
                                instances->items[i].unit.name);
                        break;
                }
                r = handle_service(work, &instances->items[i], plan);
                result = r < 0 ? r : result;
        }
        return result;
}

static int handle_template(struct work *work, struct template *template, struct plan *plan) {
        const struct service_context context = work_context(work);
        const char *path;
        int r;

        r = template_find_instances(&context, &work->services, template);
        if (r >= 0 && !plan)
                r = find_late_template(work, template);
        r = tree_pop_io_error(work->tree, r, &path);
        if (r >= 0)
                return handle_instances(work, template, plan);
        log_warning(path, 0, "No drop-in for any instance of %s: %s.", template->name,
                    tree_strerror(r));
        return r;
}

int work_do(struct work *work, size_t index, struct plan *plan) {
        tree_reset_total(work->tree);
        work->written = 0;
        if (index < work->services.count)
                return handle_service(work, &work->services.items[index], plan);
        return handle_template(work, &work->templates.items[index - work->services.count], plan);
}

int work_plan_sockets(const struct work *work, struct socket_plan *ret) {
        int r = socket_plan_make(&work->config, &work->sockets, ret);

        if (r < 0) {
                log_warning(NULL, 0, "No drop-in for any socket unit: %s.", strerror(-r));
                socket_plan_clear(ret);
        }
        return r;
}

void work_clear(struct work *work) {
        template_list_clear(&work->templates);
        service_list_clear(&work->services);
        late_mounts_clear(&work->late_mounts);
        started_units_clear(&work->started);
        program_list_clear(&work->programs);
        socket_list_clear(&work->sockets);
        quadlet_list_clear(&work->quadlets);
        dependency_links_clear(&work->links);
        unit_index_clear(&work->units);
        assignment_list_clear(&work->config);
}
