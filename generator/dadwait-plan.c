/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "arguments.h"
#include "common/cleanup.h"
#include "kill-switch.h"
#include "log.h"
#include "plan/states.h"
#include "run-limits.h"
#include "run/work.h"
#include "show/boot-waits.h"
#include "show/check.h"
#include "show/columns.h"
#include "show/in-force.h"
#include "show/print-plan.h"
#include "show/unmatched-names.h"

#include <errno.h>
#include <string.h>

/* What is known of this machine, but not of the one below --root=. */
static void look_at_machine(struct tree *tree, struct plan *plan) {
        int r = plan_ask_states(plan);

        if (r < 0)
                log_warning(NULL, 0, "Cannot determine the state of the addresses: %s.",
                            strerror(-r));
        r = in_force_compare(tree, plan);
        if (r < 0)
                log_warning(NULL, 0, "Cannot determine which drop-ins are in force: %s.",
                            tree_strerror(r));
}

/* Return: whether nothing is wrong. */
static bool print_plan(const struct plan *plan, const struct arguments *arguments) {
        if (arguments->json)
                plan_print_json(plan, NULL);
        if (arguments->check)
                return !check_print(plan) && log_warnings() == 0;
        if (!arguments->json)
                plan_print(plan);
        return true;
}

/* The rest need not be read, and what is wrong with it is no matter of these units. */
static bool is_wanted(const struct work *work, size_t index, const struct plan *plan,
                      const struct arguments *arguments) {
        bool is_service = index < work->services.count;

        for (size_t i = 0; i < arguments->n_units; i++)
                if (is_service ? plan_name_may_mean(arguments->units[i],
                                                    &work->services.items[index].unit)
                               : !plan_has_unit(plan, arguments->units[i]))
                        return true;
        return arguments->n_units == 0;
}

/* Return: 0, or negative errno, which has been logged. */
static int make_plan(struct work *work, const struct arguments *arguments, struct plan *plan) {
        const bool was_denied = work->tree->was_denied;
        bool any_denied = was_denied;
        int result;

        result = work_plan_sockets(work, &plan->sockets);
        for (size_t i = 0; i < work_count(work); i++) {
                size_t first = plan->count;
                int r;

                if (!is_wanted(work, i, plan, arguments))
                        continue;
                work->tree->was_denied = was_denied;
                r = work_do(work, i, plan);
                result = r < 0 ? r : result;
                for (size_t k = first; k < plan->count; k++)
                        plan->items[k].was_denied = work->tree->was_denied;
                any_denied |= work->tree->was_denied;
        }
        work->tree->was_denied = any_denied;
        return result;
}

/* Return: 0, or negative errno, which has been logged. */
static int print_all(struct work *work, const struct arguments *arguments) {
        const struct service_context context = work_context(work);
        CLEANUP(plan_clear) struct plan plan = { 0 };
        int result, r = 0;

        result = make_plan(work, arguments, &plan);
        if (arguments->n_units == 0)
                r = unknown_units_find(&context, &work->services, &plan.unknown_units);
        if (r < 0) {
                log_warning(NULL, 0, "Cannot look at units that are not known: %s.", strerror(-r));
                result = r;
        }
        in_force_find_mask(work->tree, &plan.mask);
        if (!arguments->root)
                look_at_machine(work->tree, &plan);
        r = unmatched_names_log(work, &plan, arguments->units, arguments->n_units);
        result = r < 0 ? r : result;
        plan_select(&plan, arguments->units, arguments->n_units);
        if (work->tree->was_denied)
                log_warning(NULL, 0, "This user cannot read all files; root may see another plan.");
        if (!print_plan(&plan, arguments) && result >= 0)
                result = -EBADMSG;
        return result < 0 ? result : work->started.error;
}

static void print_kill_switch(const struct arguments *arguments, const char *reason) {
        if (arguments->json)
                plan_print_json(&(struct plan){ 0 }, reason);
        else
                printf("Nothing to do: %s.\n", reason);
}

/* Return: @r, or negative errno if standard output could not be written, or not all of it. */
static int finish_printing(int r) {
        if (print_text_has_failed()) {
                log_warning(NULL, 0, "Cannot print all: %s.", strerror(ENOMEM));
                r = -ENOMEM;
        }
        if (!ferror(stdout) && fflush(stdout) == 0)
                return r;
        r = -errno;
        log_warning(NULL, 0, "Cannot write to standard output: %s.", strerror(-r));
        return r < 0 ? r : -EIO;
}

/* Return: 0, or negative errno, which has been logged. */
static int run(const struct arguments *arguments) {
        CLEANUP(tree_close) struct tree tree = TREE_NULL;
        CLEANUP(work_clear)
        struct work work = { .tree = &tree, .root = arguments->root, .output_fd = -1 };
        const char *reason = arguments->root ? NULL : kill_switch_reason();
        int r;

        if (reason) {
                print_kill_switch(arguments, reason);
                return 0;
        }
        r = tree_open(&tree, arguments->root);
        if (r < 0) {
                log_warning(arguments->root, 0, "Cannot be read: %s.", tree_strerror(r));
                return r;
        }
        r = work_find(&work);
        return r < 0 ? r : print_all(&work, arguments);
}

int main(int argc, char *argv[]) {
        struct arguments arguments = { 0 };
        int r;

        if (arguments_parse(argc, argv, &arguments) < 0)
                return 2;
        if (arguments.action == ACTION_DONE)
                return finish_printing(0) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;

        run_limits_set();
        log_open("dadwait-plan", false);
        if (arguments.json)
                log_keep();
        if (arguments.action == ACTION_BOOT)
                r = boot_waits_print(arguments.boot, arguments.units, arguments.n_units);
        else
                r = run(&arguments);
        r = finish_printing(r);
        log_close();
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
