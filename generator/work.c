/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "work.h"

#include "cleanup.h"
#include "drop-in.h"
#include "log.h"
#include "private-files.h"

/* What was not read may have said that a service shall not wait: so without a part there is none.
 */
int work_find(struct work *work) {
        const char *path;
        int r;

        r = unit_search_path(work->tree, &work->search_path);
        if (r < 0) {
                log_warning(NULL, 0, "Cannot find out where units are: %s.", tree_strerror(r));
                return r;
        }
        r = config_read(work->tree, &work->config);
        if (r >= 0)
                r = services_find(work->tree, &work->config, &work->search_path, &work->services);
        if (r >= 0)
                r = templates_find(work->tree, &work->config, &work->search_path, &work->templates);
        r = tree_take_fault(work->tree, r, &path);
        if (r < 0)
                log_warning(path, 0, "Cannot read the configuration: %s.", tree_strerror(r));
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

/*
 * @ret_path: receives what could not be read, or NULL
 *
 * Return: 0; -ENOMEM; why the configuration could not be read, or the drop-in not be written.
 */
static int handle(struct work *work, const struct service *service, struct plan *plan,
                  const char **ret_path) {
        CLEANUP(decision_clear) struct decision decision = { 0 };
        CLEANUP(freep) char *text = NULL;
        int r;

        r = tree_take_fault(work->tree, decide(work->tree, &work->search_path, service, &decision),
                            ret_path);
        if (r >= 0 && decision.verdict == VERDICT_WAIT)
                r = drop_in_format(service, &decision, &text);
        if (r < 0)
                return r;
        if (plan)
                return plan_add(plan, service, &decision, &text);
        return text ? drop_in_write(work->output_fd, service->unit.name, text) : 0;
}

static int handle_service(struct work *work, const struct service *service, struct plan *plan) {
        const char *path;
        int r;

        private_files_begin(service->unit.name);
        r = handle(work, service, plan, &path);
        if (r < 0)
                log_warning(path, 0, "No drop-in for %s: %s.", service->unit.name,
                            tree_strerror(r));
        private_files_end();
        return r;
}

static int handle_instances(struct work *work, const struct template *template, struct plan *plan) {
        const struct service_list *instances = &template->instances;
        int result = 0;

        for (size_t i = 0; i < instances->count; i++) {
                int r;

                if (tree_is_spent(work->tree)) {
                        log_warning(NULL, 0,
                                    "Too much to read for all of %s, ignoring %s and what follows.",
                                    template->name, instances->items[i].unit.name);
                        break;
                }
                r = handle_service(work, &instances->items[i], plan);
                result = r < 0 ? r : result;
        }
        return result;
}

static int handle_template(struct work *work, struct template *template, struct plan *plan) {
        const char *path;
        int r;

        r = template_find_instances(work->tree, &work->config, &work->search_path, &work->services,
                                    template);
        r = tree_take_fault(work->tree, r, &path);
        if (r >= 0)
                return handle_instances(work, template, plan);
        log_warning(path, 0, "No drop-in for any instance of %s: %s.", template->name,
                    tree_strerror(r));
        return r;
}

int work_do(struct work *work, size_t index, struct plan *plan) {
        tree_reset_total(work->tree);
        if (index < work->services.count)
                return handle_service(work, &work->services.items[index], plan);
        return handle_template(work, &work->templates.items[index - work->services.count], plan);
}

void work_clear(struct work *work) {
        template_list_clear(&work->templates);
        service_list_clear(&work->services);
        string_list_clear(&work->search_path);
        config_clear(&work->config);
}
