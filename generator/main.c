/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "build-config.h"
#include "cleanup.h"
#include "default-timeout.h"
#include "drop-in.h"
#include "log.h"
#include "plan.h"
#include "refusal.h"
#include "reload.h"
#include "wait-unit.h"

#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <string.h>
#include <sys/param.h>
#include <sys/resource.h>

struct arguments {
        const char *root;       /* NULL: this machine */
        const char *normal_dir; /* NULL: print the plan */
        bool json;              /* the plan, for programs */
};

static const char USAGE[] =
        "Usage: dadwait-generator [--root=PATH] [--json]\n"
        "       dadwait-generator [--root=PATH] NORMAL-DIR [EARLY-DIR LATE-DIR]\n";

static const char HELP[] =
        "\n"
        "Make services wait until their IPv6 addresses can be bound, by drop-ins for their units.\n"
        "\n"
        "systemd calls it with three directories, at boot and at daemon-reload. Without a\n"
        "directory it prints what it would write, and why, and the state of the addresses.\n"
        "\n"
        "  --root=PATH   take configuration and units from this directory tree\n"
        "  --json        print it as JSON, for programs\n"
        "  -h, --help    show this text\n"
        "  --version     show the version\n";

/* Return: 0; 1 if the answer was printed; -EINVAL if the arguments are wrong. */
static int parse_arguments(int argc, char *argv[], struct arguments *ret) {
        enum { OPTION_ROOT = 256, OPTION_JSON, OPTION_VERSION };
        static const struct option OPTIONS[] = {
                {"root",       required_argument, NULL, OPTION_ROOT },
                { "json",        no_argument, NULL, OPTION_JSON },
                { "help",           no_argument, NULL, 'h' },
                { "version",no_argument, NULL, OPTION_VERSION },
                { 0},
        };
        int c, directories;

        while ((c = getopt_long(argc, argv, "h", OPTIONS, NULL)) >= 0)
                switch (c) {
                case OPTION_ROOT:
                        ret->root = optarg;
                        break;
                case OPTION_JSON:
                        ret->json = true;
                        break;
                case 'h':
                        printf("%s%s", USAGE, HELP);
                        return 1;
                case OPTION_VERSION:
                        printf("dadwait-generator " VERSION "\n");
                        return 1;
                default:
                        return -EINVAL;
                }

        directories = argc - optind;
        if (directories != 0 && ((directories != 1 && directories != 3) || ret->json))
                return -EINVAL;
        ret->normal_dir = directories > 0 ? argv[optind] : NULL;
        return 0;
}

/*
 * @ret_path: receives what could not be read, or NULL
 *
 * Return: 0; -ENOMEM; why the configuration could not be read, or the drop-in not be written.
 */
static int handle_service(struct tree *tree, const struct unit_index *units,
                          const struct service *service, int output_fd, struct plan *plan,
                          const char **ret_path) {
        CLEANUP(decision_clear) struct decision decision = { 0 };
        CLEANUP(freep) char *drop_in = NULL, *wait_unit = NULL;
        int r;

        r = tree_take_fault(tree, decide(tree, units, service, &decision), ret_path);
        if (r >= 0 && decision.verdict == VERDICT_WAIT)
                r = drop_in_format(service, &decision, &drop_in);
        if (r >= 0 && drop_in && decision.place == PLACE_OWN_UNIT)
                r = wait_unit_format(service, &decision, &wait_unit);
        if (r < 0)
                return r;
        if (output_fd < 0)
                return plan_add(plan, service, &decision, &drop_in, &wait_unit);
        if (wait_unit)
                r = wait_unit_write(output_fd, service->unit.name, wait_unit);
        if (r >= 0 && drop_in)
                r = drop_in_write(output_fd, service->unit.name, drop_in);
        return r;
}

static int handle_services(struct tree *tree, const struct unit_index *units,
                           const struct service_list *services, int output_fd, struct plan *plan) {
        int result = 0;

        for (size_t i = 0; i < services->count; i++) {
                const char *path;
                int r;

                if (tree_is_spent(tree)) {
                        log_warning(NULL, 0,
                                    "Too much to read in all, ignoring %s and what follows.",
                                    services->items[i].unit.name);
                        break;
                }
                r = handle_service(tree, units, &services->items[i], output_fd, plan, &path);
                if (r >= 0)
                        continue;
                log_warning(path, 0, "No drop-in for %s: %s.", services->items[i].unit.name,
                            strerror(-r));
                result = r;
        }
        return result;
}

/* Return: 0 or negative errno. */
static int write_sockets(const struct freebind_list *sockets, int output_fd) {
        int result = 0;

        for (size_t i = 0; sockets->wanted && i < sockets->count; i++) {
                CLEANUP(freep) char *text = freebind_format(&sockets->items[i]);
                int r = text ? drop_in_write(output_fd, sockets->items[i].name, text) : -ENOMEM;

                if (r >= 0)
                        continue;
                log_warning(NULL, 0, "No drop-in for %s: %s.", sockets->items[i].name,
                            strerror(-r));
                result = r;
        }
        return result;
}

/* Below --root= lies another machine: the addresses of this one say nothing of it. */
static void print_plan(struct plan *plan, const struct arguments *arguments, bool was_denied) {
        int r = arguments->root ? 0 : plan_ask_states(plan);

        if (r < 0)
                log_warning(NULL, 0, "The state of the addresses cannot be told: %s.",
                            strerror(-r));
        if (arguments->json)
                plan_print_json(plan, NULL);
        else
                plan_print(plan);
        if (was_denied)
                log_warning(NULL, 0,
                            "Not all could be read by this user; root may see another plan.");
}

/* What was not read may have said that a service shall not wait: so without a part there is none.
 * Return: 0, or negative errno, which has been told. */
static int read_configuration(struct tree *tree, struct config *config,
                              const struct unit_index *units, struct service_list *services) {
        const char *path;
        int r;

        r = config_read(tree, config);
        if (r >= 0)
                r = services_find(tree, config, units, services);
        r = tree_take_fault(tree, r, &path);
        if (r < 0)
                log_warning(path, 0, "Cannot read the configuration: %s.", strerror(-r));
        return r;
}

/* Return: 0, or negative errno, which has been told; there is no socket then. */
static int read_sockets(struct tree *tree, const struct config *config,
                        const struct unit_index *units, struct freebind_list *sockets) {
        const char *path;
        int r;

        r = tree_take_fault(tree, freebind_find(tree, config, units, sockets), &path);
        if (r < 0) {
                log_warning(path, 0, "Cannot read the socket units: %s.", strerror(-r));
                freebind_clear(sockets);
        }
        return r;
}

static int generate(struct tree *tree, const struct arguments *arguments, int output_fd) {
        CLEANUP(service_list_clear) struct service_list services = { 0 };
        CLEANUP(unit_index_clear) struct unit_index units = { 0 };
        CLEANUP(config_clear) struct config config = { 0 };
        CLEANUP(plan_clear) struct plan plan = { 0 };
        int r, result;

        r = unit_index_read(tree, NULL, &units);
        if (r >= 0 && !arguments->root)
                r = default_timeout_override(&units.default_start_timeout_usec);
        if (r < 0) {
                log_warning(NULL, 0, "Cannot tell where units are: %s.", strerror(-r));
                return r;
        }
        r = read_configuration(tree, &config, &units, &services);
        if (r < 0)
                return r;
        result = read_sockets(tree, &config, &units, &plan.sockets);

        r = handle_services(tree, &units, &services, output_fd, &plan);
        result = r < 0 ? r : result;
        if (output_fd < 0) {
                print_plan(&plan, arguments, tree->was_denied);
                return result;
        }
        r = write_sockets(&plan.sockets, output_fd);
        result = r < 0 ? r : result;
        r = reload_write(tree, &units, output_fd);
        if (r < 0)
                log_warning(NULL, 0, "Changes of configuration files will not be noticed: %s.",
                            strerror(-r));
        return r < 0 ? r : result;
}

static void print_refusal(const struct arguments *arguments, const char *reason) {
        if (arguments->json)
                plan_print_json(&(struct plan){ 0 }, reason);
        else
                printf("Nothing to do: %s.\n", reason);
}

/*
 * All reading is bounded, but systemd waits for what the bounds allow as well. Whatever a tree
 * holds, that ends here (SIGXCPU, getrlimit(2)); the drop-ins written by then are whole.
 */
static void limit_cpu_time(void) {
        enum { SECONDS = 20 };
        struct rlimit limit;

        if (getrlimit(RLIMIT_CPU, &limit) < 0)
                return;
        limit.rlim_cur = MIN(limit.rlim_cur, (rlim_t)SECONDS);
        (void)setrlimit(RLIMIT_CPU, &limit);
}

/* Return: @r, or negative errno if what was printed did not get out. */
static int finish_printing(int r) {
        if (!ferror(stdout) && fflush(stdout) == 0)
                return r;
        r = -errno;
        log_warning(NULL, 0, "Cannot write to standard output: %s.", strerror(-r));
        return r < 0 ? r : -EIO;
}

static int run(const struct arguments *arguments) {
        CLEANUP(tree_close) struct tree tree = TREE_NULL;
        const char *reason = arguments->root ? NULL : refusal_reason();
        CLEANUP(closep) int output_fd = -1;
        int r;

        if (reason) {
                if (!arguments->normal_dir)
                        print_refusal(arguments, reason);
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
        return generate(&tree, arguments, output_fd);
}

int main(int argc, char *argv[]) {
        struct arguments arguments = { 0 };
        int r;

        r = parse_arguments(argc, argv, &arguments);
        if (r < 0) {
                fputs(USAGE, stderr);
                return 2;
        }
        if (r > 0)
                return finish_printing(0) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;

        limit_cpu_time();
        (void)signal(SIGXFSZ, SIG_IGN); /* RLIMIT_FSIZE: write(2) fails with EFBIG instead */
        log_open(arguments.normal_dir && !arguments.root && !isatty(STDERR_FILENO));
        r = finish_printing(run(&arguments));
        log_close();
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
