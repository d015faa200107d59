/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "common/leave.h"
#include "kill-switch.h"
#include "log.h"
#include "output-arguments.h"
#include "output/drop-in.h"
#include "output/log-unit.h"
#include "output/socket-drop-in.h"
#include "run-limits.h"
#include "run/generate.h"
#include "run/jobs.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>

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

/* Where there is no log. Return: 0 or negative errno. */
static int write_log_unit(int output_fd) {
        size_t count;
        const struct log_entry *entries = log_kept(&count);

        return count == 0 ? 0 : log_unit_write(output_fd, entries, count);
}

/* Return: 0, or negative errno, which has been logged. */
static int write_all(struct work *work) {
        CLEANUP(socket_plan_clear) struct socket_plan sockets = { 0 };
        int result, r;

        result = work_plan_sockets(work, &sockets);
        r = write_sockets(&sockets, work->output_fd);
        result = r < 0 ? r : result;
        r = generate(work, started_usec + DEADLINE_SEC * UINT64_C(1000000));
        result = r < 0 ? r : result;
        r = write_log_unit(work->output_fd);
        result = r < 0 ? r : result;
        return result < 0 ? result : work->started.error;
}

/*
 * systemd does not wait for a file system. Configuration of services is read in other processes,
 * which may hang (generate.h). dadwait's own configuration, the units and the output directory are
 * read in this one, which SIGALRM kills: a handler would not run while the kernel waits for a file
 * system.
 */
static void limit_time(void) {
        started_usec = jobs_now_usec();
        (void)signal(SIGALRM, SIG_DFL);
        (void)alarm(ALARM_SEC);
        run_limits_set();
}

/* Return: 0, or negative errno, which has been logged. */
static int run(const struct output_arguments *arguments) {
        CLEANUP(tree_close) struct tree tree = TREE_NULL;
        CLEANUP(work_clear) struct work work = { .tree = &tree, .root = arguments->root };
        CLEANUP(closep) int output_fd = -1;
        int r;

        if (!arguments->root && kill_switch_reason())
                return 0;
        output_fd = open(arguments->normal_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (output_fd < 0) {
                r = -errno;
                log_warning(arguments->normal_dir, 0, "Cannot be written to: %s.", strerror(-r));
                return r;
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
        r = write_all(&work);
        leave_early(r < 0 ? EXIT_FAILURE : EXIT_SUCCESS);
        return r;
}

/*
 * Whether PID 1 runs it as a generator. People and `systemd-analyze verify` pass other directories,
 * or are not root, and read standard error.
 */
static bool is_run_by_systemd(const struct output_arguments *arguments) {
        return !arguments->root && geteuid() == 0 &&
               strcmp(arguments->normal_dir, "/run/systemd/generator") == 0;
}

int main(int argc, char *argv[]) {
        struct output_arguments arguments = { 0 };
        int r;

        r = output_arguments_parse(argc, argv, &arguments);
        if (r < 0)
                return 2;
        if (r == 0)
                return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
        limit_time();
        log_open("dadwait-generator", is_run_by_systemd(&arguments));
        r = run(&arguments);
        log_close();
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
