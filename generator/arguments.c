/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "arguments.h"

#include "build-config.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char USAGE[] = "Usage: dadwait-plan [OPTION...] [UNIT...]\n";

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
        "See dadwait-plan(8) and dadwait.conf(5).\n";

/* As journalctl(1): "--boot -1" is accepted like "--boot=-1". */
static bool is_boot(const char *text) {
        const char *digits = text + (*text == '-' || *text == '+');

        return (*digits && digits[strspn(digits, "0123456789")] == '\0') ||
               (strlen(text) == 32 && text[strspn(text, "0123456789abcdef")] == '\0');
}

/* Return: 0, 1 if the answer was printed, or -EINVAL. */
static int parse_options(int argc, char *argv[], struct arguments *ret) {
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
                        printf("%s%s", USAGE, HELP);
                        return 1;
                case OPTION_VERSION:
                        puts("dadwait-plan " VERSION);
                        return 1;
                default:
                        fputs(USAGE, stderr);
                        return -EINVAL;
                }
        return 0;
}

int arguments_parse(int argc, char *argv[], struct arguments *ret) {
        int r;

        ret->action = ACTION_PLAN;
        r = parse_options(argc, argv, ret);
        if (r != 0) {
                ret->action = ACTION_DONE;
                return r < 0 ? r : 0;
        }
        ret->units = argv + optind;
        ret->n_units = (size_t)(argc - optind);
        if (ret->root && !ret->root[0]) {
                fputs("dadwait-plan: --root= without a directory.\n", stderr);
                return -EINVAL;
        }
        if (ret->action == ACTION_BOOT && (ret->root || ret->check || ret->json)) {
                fputs("dadwait-plan: --boot has no --root=, --check or --json.\n", stderr);
                return -EINVAL;
        }
        return 0;
}
