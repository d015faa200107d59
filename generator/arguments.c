/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "arguments.h"

#include "build-config.h"
#include "common/cleanup.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char PLAN_NAME[] = "dadwait-plan";

static const char USAGE[] = "Usage: dadwait-plan [OPTION...] [UNIT...]\n";

static const char GENERATOR_USAGE[] =
        "Usage: dadwait-generator [--root=PATH] NORMAL-DIR [EARLY-DIR LATE-DIR]\n"
        "       dadwait-generator [OPTION...], which is dadwait-plan\n";

static const char HELP[] =
        "\n"
        "Show which services wait until their addresses can be bound, for which addresses, in\n"
        "what state these are now, and where they were found. Writes nothing.\n"
        "\n"
        "  --check       print only what is wrong; exit with 0 if nothing is\n"
        "  --boot[=ID]   show what was waited for at this boot, or another (-1: the last one)\n"
        "  --json        print it as JSON, for programs\n"
        "  --root=PATH   read configuration and units from this directory tree\n"
        "  -h, --help    show this text\n"
        "  --version     show the version\n"
        "\n"
        "As dadwait-generator it writes drop-ins into the directories that systemd passes, at boot\n"
        "and at daemon-reload. See dadwait-plan(8), dadwait-generator(8) and dadwait.conf(5).\n";

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

static int parse_directories(char *const *directories, size_t count, struct arguments *ret) {
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
        if ((count != 1 && count != 3) || ret->action != ACTION_PLAN || ret->json || ret->check) {
                fputs(GENERATOR_USAGE, stderr);
                return -EINVAL;
        }
        ret->action = ACTION_WRITE;
        ret->normal_dir = directories[0];
        return 0;
}

/* As journalctl(1): "--boot -1" is accepted like "--boot=-1". */
static bool is_boot(const char *text) {
        const char *digits = text + (*text == '-' || *text == '+');

        return (*digits && digits[strspn(digits, "0123456789")] == '\0') ||
               (strlen(text) == 32 && text[strspn(text, "0123456789abcdef")] == '\0');
}

/* Return: 0, 1 if the answer was printed, or -EINVAL. */
static int parse_options(int argc, char *argv[], const char *usage, struct arguments *ret) {
        enum { OPTION_ROOT = 256, OPTION_JSON, OPTION_CHECK, OPTION_BOOT, OPTION_VERSION };
        static const struct option OPTIONS[] = {
                { "root", required_argument, NULL, OPTION_ROOT },
                { "json", no_argument, NULL, OPTION_JSON },
                { "check", no_argument, NULL, OPTION_CHECK },
                { "boot", optional_argument, NULL, OPTION_BOOT },
                { "help", no_argument, NULL, 'h' },
                { "version", no_argument, NULL, OPTION_VERSION },
                { 0 },
        };
        int c;

        while ((c = getopt_long(argc, argv, "h", OPTIONS, NULL)) >= 0)
                switch (c) {
                case OPTION_ROOT:
                        ret->root = optarg;
                        break;
                case OPTION_JSON:
                        ret->json = true;
                        break;
                case OPTION_CHECK:
                        ret->check = true;
                        break;
                case OPTION_BOOT:
                        ret->action = ACTION_BOOT;
                        ret->boot = optarg;
                        if (!optarg && argv[optind] && is_boot(argv[optind]))
                                ret->boot = argv[optind++];
                        break;
                case 'h':
                        printf("%s%s", usage, HELP);
                        return 1;
                case OPTION_VERSION:
                        printf("%s " VERSION "\n", program_invocation_short_name);
                        return 1;
                default:
                        fputs(usage, stderr);
                        return -EINVAL;
                }
        return 0;
}

int arguments_parse(int argc, char *argv[], struct arguments *ret) {
        bool is_plan = strcmp(program_invocation_short_name, PLAN_NAME) == 0;
        int r;

        ret->action = ACTION_PLAN;
        r = parse_options(argc, argv, is_plan ? USAGE : GENERATOR_USAGE, ret);
        if (r != 0) {
                ret->action = ACTION_DONE;
                return r < 0 ? r : 0;
        }
        if (!is_plan && optind < argc)
                return parse_directories(argv + optind, (size_t)(argc - optind), ret);
        ret->units = argv + optind;
        ret->n_units = (size_t)(argc - optind);
        if (ret->action == ACTION_BOOT && (ret->root || ret->check || ret->json)) {
                fputs("dadwait-plan: --boot has no --root=, --check or --json.\n", stderr);
                return -EINVAL;
        }
        return 0;
}
