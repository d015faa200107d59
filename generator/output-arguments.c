/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "output-arguments.h"

#include "build-config.h"
#include "common/cleanup.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char SELF[] = "/proc/self/exe";

static char plan_name[] = "dadwait-plan";

static const char USAGE[] =
        "Usage: dadwait-generator [--root=PATH] NORMAL-DIR [EARLY-DIR LATE-DIR]\n"
        "       dadwait-generator [OPTION...], which is dadwait-plan\n";

static const char HELP[] =
        "\n"
        "Write drop-ins into the first directory, as systemd has it done at boot and at\n"
        "daemon-reload. See dadwait-generator(8), dadwait-plan(8) and dadwait.conf(5).\n";

/* Whether it is the root, or in a directory with what systemd and the services read. */
static bool holds_configuration(const char *directory) {
        static const char *const DIRECTORIES[] = { "/etc", "/usr",  "/lib", "/lib64",
                                                   "/bin", "/sbin", "/boot" };
        CLEANUP(freep) char *real = realpath(directory, NULL); /* NULL: open(2) will fail as well */
        const char *path = real ?: directory;

        for (size_t i = 0; i < sizeof(DIRECTORIES) / sizeof(DIRECTORIES[0]); i++) {
                size_t length = strlen(DIRECTORIES[i]);

                if (strncmp(path, DIRECTORIES[i], length) == 0 &&
                    (path[length] == '/' || path[length] == '\0'))
                        return true;
        }
        return strcmp(path, "/") == 0;
}

static int parse_directories(char *const *directories, size_t count, struct output_arguments *ret) {
        for (size_t i = 0; i < count; i++) {
                const char *wrong = directories[i][0] != '/' ? "is no absolute path"
                                    : holds_configuration(directories[i])
                                            ? "holds the configuration of this machine"
                                            : NULL;

                if (!wrong)
                        continue;
                (void)fprintf(stderr,
                              "dadwait-generator: \"%s\" %s. Drop-ins are written into the "
                              "directories that are given.\n"
                              "To see what is decided for a unit: dadwait-plan UNIT\n",
                              directories[i], wrong);
                return -EINVAL;
        }
        if (count != 1 && count != 3) {
                fputs(USAGE, stderr);
                return -EINVAL;
        }
        ret->normal_dir = directories[0];
        return 1;
}

/* Not if the path is a link to this program, which would execute itself for ever. */
static void execute(const char *path, char *argv[]) {
        struct stat self, other;

        if (stat(SELF, &self) >= 0 && stat(path, &other) >= 0 && self.st_dev == other.st_dev &&
            self.st_ino == other.st_ino)
                errno = ELOOP;
        else
                (void)execv(path, argv);
}

/* Return: negative errno, which has been printed. */
static int execute_plan(char *argv[]) {
        char path[PATH_MAX];
        ssize_t length = readlink(SELF, path, sizeof(path) - sizeof(plan_name));
        int r;

        argv[0] = plan_name;
        if (length > 0 && path[0] == '/') {
                path[length] = '\0';
                (void)stpcpy(strrchr(path, '/') + 1, plan_name);
                execute(path, argv);
        }
        execute(PLAN_PATH, argv);
        r = -errno;
        (void)fprintf(stderr, "dadwait-generator: Cannot run %s: %s.\n", PLAN_PATH, strerror(-r));
        return r;
}

int output_arguments_parse(int argc, char *argv[], struct output_arguments *ret) {
        enum { OPTION_ROOT = 256, OPTION_VERSION };
        static const struct option OPTIONS[] = {
                { "root", required_argument, NULL, OPTION_ROOT },
                { "help", no_argument, NULL, 'h' },
                { "version", no_argument, NULL, OPTION_VERSION },
                { 0 },
        };
        int c;

        if (strcmp(program_invocation_short_name, plan_name) == 0)
                return execute_plan(argv);
        opterr = 0;
        while ((c = getopt_long(argc, argv, "h", OPTIONS, NULL)) >= 0)
                switch (c) {
                case OPTION_ROOT:
                        ret->root = optarg;
                        break;
                case 'h':
                        printf("%s%s", USAGE, HELP);
                        return 0;
                case OPTION_VERSION:
                        puts("dadwait-generator " VERSION);
                        return 0;
                default:
                        return execute_plan(argv);
                }
        if (optind == argc)
                return execute_plan(argv);
        return parse_directories(argv + optind, (size_t)(argc - optind), ret);
}
