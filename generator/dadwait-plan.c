/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "arguments.h"
#include "common/cleanup.h"
#include "config/advice.h"
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
#include "units/unit-name.h"

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

/* Return: "x" for "x.service", to be freed; NULL without memory. */
static char *short_name(const char *unit) {
        static const char SUFFIX[] = ".service";
        size_t length = strlen(unit);

        if (length > strlen(SUFFIX) && strcmp(unit + length - strlen(SUFFIX), SUFFIX) == 0)
                length -= strlen(SUFFIX);
        return strndup(unit, length);
}

/* @ret: receives the short name of a unit in the plan of the whole machine that was probably meant,
 * to be freed, or NULL. Return: 0 or -ENOMEM. */
static int find_closest(const struct work *work, const char *name, char **ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        const char *found;

        for (size_t i = 0; i < work->services.count; i++) {
                const struct unit *unit = &work->services.items[i].unit;
                CLEANUP(freep) char *item = NULL;

                if (unit->state == UNIT_MISSING)
                        continue;
                item = short_name(unit->name);
                if (!item || string_list_add(&names, item) < 0)
                        return -ENOMEM;
        }
        found = advice_closest(name, (const char *const *)names.items, names.count);
        *ret = found ? strdup(found) : NULL;
        return found && !*ret ? -ENOMEM : 0;
}

static void log_missing(const struct work *work, const char *name) {
        CLEANUP(freep) char *word = short_name(name), *closest = NULL;

        if (!word || find_closest(work, word, &closest) < 0 || !closest)
                log_warning(NULL, 0, "%s: There is no such service.", name);
        else
                log_warning(NULL, 0, "%s: There is no such service (did you mean %s?).", name,
                            closest);
}

/* Why a unit that exists is not in the plan. */
static void log_not_known(const struct work *work, const struct unit *unit) {
        const struct started_unit *started = started_units_find(&work->started, unit->name);
        const char *program =
                started && started->programs.count > 0 ? started->programs.items[0] : "sh";
        bool is_script = strcmp(program, "sh") == 0;
        static const char SECTION[] =
                "If it listens on addresses of its own, add a section for it, see dadwait.conf(5).";

        if (unit_name_is_template(unit->name))
                log_warning(NULL, 0,
                            "%s: This is a template. None of its instances is known by this name.",
                            unit->name);
        else if (unit->state == UNIT_MASKED)
                log_warning(NULL, 0, "%s: The unit is masked.", unit->name);
        else if (!started)
                log_warning(NULL, 0,
                            "%s: Not known: no section of dadwait.conf(5) names it, and it is not "
                            "enabled, nor started by another unit. %s",
                            unit->name, SECTION);
        else
                log_warning(NULL, 0,
                            "%s: Not known: no definition of dadwait.conf(5) names it or the "
                            "program that it runs%s%s. %s",
                            unit->name, is_script ? "" : ", ", is_script ? "" : program, SECTION);
}

/* Return: 0 or -ENOMEM. */
static int log_unknown(const struct work *work, const char *name) {
        static const char *const OTHER_TYPES[] = { ".socket", ".target", ".timer", ".path",
                                                   ".mount",  ".device", ".slice", ".scope" };
        CLEANUP(unit_clear) struct unit unit = { 0 };
        CLEANUP(freep) char *full = NULL;
        const char *suffix = strrchr(name, '.');
        int r;

        for (size_t i = 0; suffix && i < sizeof(OTHER_TYPES) / sizeof(OTHER_TYPES[0]); i++)
                if (strcmp(suffix, OTHER_TYPES[i]) == 0) {
                        log_warning(NULL, 0, "%s: Not a service. Only services wait.%s", name,
                                    i == 0 ? " The plan of all units lists sockets that cannot."
                                           : "");
                        return 0;
                }
        full = unit_name_complete(name);
        if (!full)
                return -ENOMEM;
        if (!unit_name_is_service(full)) {
                log_warning(NULL, 0, "\"%s\": Not the name of a service.", name);
                return 0;
        }
        r = unit_find(work->tree, &work->units, full, &unit);
        if (r < 0)
                return r;
        if (unit.state == UNIT_MISSING)
                log_missing(work, name);
        else
                log_not_known(work, &unit);
        return 0;
}

/* Return: 0, or negative errno if there are any, which has been logged. */
static int log_all_unknown(const struct work *work, const struct plan *plan,
                           const struct arguments *arguments) {
        int result = 0;

        for (size_t i = 0; i < arguments->n_units; i++) {
                const char *name = arguments->units[i];

                if (plan_has_name(plan, name))
                        continue;
                result = -ENOENT;
                if (log_unknown(work, name) < 0)
                        log_warning(NULL, 0, "%s: Not known: %s.", name, strerror(ENOMEM));
        }
        return result;
}

/* Return: 0, or negative errno, which has been logged. */
static int print_all(struct work *work, const struct arguments *arguments) {
        CLEANUP(plan_clear) struct plan plan = { 0 };
        int result, r;

        result = make_plan(work, arguments, &plan);
        in_force_find_mask(work->tree, &plan.mask);
        if (!arguments->root)
                look_at_machine(work->tree, &plan);
        r = log_all_unknown(work, &plan, arguments);
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
