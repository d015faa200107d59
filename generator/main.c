/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "arguments.h"
#include "common/cleanup.h"
#include "common/leave.h"
#include "kill-switch.h"
#include "log.h"
#include "output/drop-in.h"
#include "output/log-unit.h"
#include "output/socket-drop-in.h"
#include "run/generate.h"
#include "run/jobs.h"
#include "show/boot-waits.h"
#include "show/check.h"
#include "show/columns.h"
#include "show/in-force.h"
#include "show/print-plan.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/param.h>
#include <sys/resource.h>

/* Sanitizers make the generator several times slower, and tests with them do not test its speed. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(HAS_SANITIZER)
#define HAS_SANITIZER
#endif

#ifdef HAS_SANITIZER
enum { DEADLINE_SEC = 100 };
#else
enum { DEADLINE_SEC = 8 }; /* for the services, whose owners can make it slow */
#endif
enum { ALARM_SEC = DEADLINE_SEC + 1 }; /* for everything */

static uint64_t started_usec;

/* Return: 0 or negative errno. */
static int write_sockets(const struct socket_plan *sockets, int output_fd) {
        int result = 0;

        for (size_t i = 0; sockets->wanted && i < sockets->count; i++) {
                const char *name = sockets->items[i]->unit.name;
                CLEANUP(freep)
                char *text = socket_drop_in_format(socket_plan_address(sockets, sockets->items[i]));
                int r = text ? drop_in_write(output_fd, name, text) : -ENOMEM;

                if (r >= 0)
                        continue;
                log_warning(NULL, 0, "No drop-in for %s: %s.", name, strerror(-r));
                result = r;
        }
        return result;
}

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

/* Return: 0, or negative errno, which has been logged; there is no socket then. */
static int plan_sockets(const struct work *work, struct socket_plan *sockets) {
        int r = socket_plan_make(&work->config, &work->sockets, sockets);

        if (r < 0) {
                log_warning(NULL, 0, "No drop-in for any socket unit: %s.", strerror(-r));
                socket_plan_clear(sockets);
        }
        return r;
}

/* Where there is no log. Return: 0 or negative errno. */
static int write_log_unit(int output_fd) {
        size_t count;
        const struct log_entry *entries = log_kept(&count);

        return count == 0 ? 0 : log_unit_write(output_fd, entries, count);
}

/* Called by systemd. */
static int write_all(struct work *work) {
        CLEANUP(socket_plan_clear) struct socket_plan sockets = { 0 };
        int result, r;

        result = plan_sockets(work, &sockets);
        r = write_sockets(&sockets, work->output_fd);
        result = r < 0 ? r : result;
        r = generate(work, started_usec + DEADLINE_SEC * UINT64_C(1000000));
        result = r < 0 ? r : result;
        r = write_log_unit(work->output_fd);
        result = r < 0 ? r : result;
        return result < 0 ? result : work->started.error;
}

/* Called by hand. */
static int print_all(struct work *work, const struct arguments *arguments) {
        CLEANUP(plan_clear) struct plan plan = { 0 };
        const char *unknown;
        int result;

        result = plan_sockets(work, &plan.sockets);
        for (size_t i = 0; i < work_count(work); i++) {
                int r = work_do(work, i, &plan);

                result = r < 0 ? r : result;
        }
        in_force_find_mask(work->tree, &plan.mask);
        if (!arguments->root)
                look_at_machine(work->tree, &plan);
        unknown = plan_select(&plan, arguments->units, arguments->n_units);
        if (unknown) {
                log_warning(
                        NULL, 0,
                        "%s: Not known: it has no section of dadwait.conf(5), and it is no unit "
                        "that is going to be started and runs a known program.",
                        unknown);
                result = -ENOENT;
        }
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

/*
 * Reading is bounded, but systemd would wait even for what the bounds allow. RLIMIT_CPU ends that
 * (SIGXCPU, getrlimit(2)), whatever the tree holds; drop-ins that are written by then are complete.
 *
 * systemd does not wait for a file system either. Configuration of services is read in other
 * processes, which may hang (generate.h). dadwait's own configuration, the units and the output
 * directory are read in this one, which SIGALRM kills: a handler would not run while the kernel
 * waits for a file system.
 */
static void limit_time(bool by_systemd) {
        enum { SECONDS = 20 };
        struct rlimit limit;

        started_usec = jobs_now_usec();
        if (by_systemd) {
                (void)signal(SIGALRM, SIG_DFL);
                (void)alarm(ALARM_SEC);
        }

        if (getrlimit(RLIMIT_CPU, &limit) < 0)
                return;
        limit.rlim_cur = MIN(limit.rlim_cur, (rlim_t)SECONDS);
        (void)setrlimit(RLIMIT_CPU, &limit);
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

static int run(const struct arguments *arguments) {
        CLEANUP(tree_close) struct tree tree = TREE_NULL;
        CLEANUP(work_clear) struct work work = { .tree = &tree, .root = arguments->root };
        const char *reason = arguments->root ? NULL : kill_switch_reason();
        CLEANUP(closep) int output_fd = -1;
        int r;

        if (reason) {
                if (arguments->action == ACTION_PLAN)
                        print_kill_switch(arguments, reason);
                return 0;
        }
        if (arguments->normal_dir) {
                output_fd = open(arguments->normal_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
                if (output_fd < 0) {
                        r = -errno;
                        log_warning(arguments->normal_dir, 0, "Cannot be written to: %s.",
                                    strerror(-r));
                        return r;
                }
        }
        r = tree_open(&tree, arguments->root);
        if (r < 0) {
                log_warning(arguments->root, 0, "Cannot be read: %s.", tree_strerror(r));
                return r;
        }
        work.output_fd = output_fd;
        r = work_find(&work);
        if (r < 0)
                return r;
        if (!arguments->normal_dir)
                return print_all(&work, arguments);
        r = write_all(&work);
        leave_early(r < 0 ? EXIT_FAILURE : EXIT_SUCCESS);
        return r;
}

/*
 * Whether PID 1 runs it as a generator. People and `systemd-analyze verify` pass other directories,
 * and read standard error.
 */
static bool is_run_by_systemd(const struct arguments *arguments) {
        return arguments->action == ACTION_WRITE && !arguments->root &&
               strcmp(arguments->normal_dir, "/run/systemd/generator") == 0;
}

int main(int argc, char *argv[]) {
        struct arguments arguments = { 0 };
        int r;

        if (arguments_parse(argc, argv, &arguments) < 0)
                return 2;
        if (arguments.action == ACTION_DONE)
                return finish_printing(0) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;

        limit_time(arguments.action == ACTION_WRITE);
        (void)signal(SIGXFSZ, SIG_IGN); /* RLIMIT_FSIZE: write(2) fails with EFBIG instead */
        log_open(is_run_by_systemd(&arguments));
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
