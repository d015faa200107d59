/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/options.h"

#include "build-config.h"
#include "common/defaults.h"
#include "common/timespan.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define USAGE "usage: dadwait [--timeout=SPAN] [--strict] [--verbose] ADDRESS..."
#define HELP_TEXT                                                                                  \
        USAGE "\n"                                                                                 \
              "\n"                                                                                 \
              "Waits until bind(2) to each address would succeed.\n"                               \
              "\n"                                                                                 \
              "  --timeout=SPAN  wait at most this long, 30s by default (systemd.time(7))\n"       \
              "  --strict        fail unless all addresses are ready\n"                            \
              "  --verbose       say also what was ready from the start\n"                         \
              "  -h, --help      show this help\n"                                                 \
              "  --version       show the version\n"                                               \
              "\n"                                                                                 \
              "See dadwait(8).\n"

__attribute__((format(printf, 1, 2))) static int wrong_usage(const char *format, ...) {
        va_list arguments;

        (void)fputs("dadwait: ", stderr);
        va_start(arguments, format);
        (void)vfprintf(stderr, format, arguments);
        va_end(arguments);
        (void)fputs("; " USAGE "\n", stderr);
        return -EINVAL;
}

static int parse_addresses(char **arguments, int n_arguments, struct options *options) {
        if (n_arguments == 0)
                return wrong_usage("no address given");

        options->patterns = calloc((size_t)n_arguments, sizeof(struct pattern));
        if (!options->patterns)
                return -ENOMEM;
        for (int i = 0; i < n_arguments; i++) {
                int r = pattern_parse(arguments[i], &options->patterns[i]);

                if (r == -ENODEV)
                        return wrong_usage("'%s' has an impossible interface name", arguments[i]);
                if (r < 0)
                        return wrong_usage("'%s' is not an address, a prefix or 'any'",
                                           arguments[i]);
                options->n_patterns++;
        }
        return 1;
}

void options_done(struct options *options) {
        free(options->patterns);
        *options = (struct options){ 0 };
}

int options_parse(int argc, char **argv, struct options *ret) {
        /* Above any character, so that optopt distinguishes an unknown "-c" from these. */
        enum { TIMEOUT = UCHAR_MAX + 1, STRICT, VERBOSE, SHOW_VERSION };
        static const struct option OPTIONS[] = {
                { "timeout", required_argument, NULL, TIMEOUT },
                { "strict", no_argument, NULL, STRICT },
                { "verbose", no_argument, NULL, VERBOSE },
                { "help", no_argument, NULL, 'h' },
                { "version", no_argument, NULL, SHOW_VERSION },
                { 0 },
        };
        int option;

        *ret = (struct options){ .timeout_usec = DEFAULT_TIMEOUT_USEC };

        /* ":": getopt_long() writes no message, which would be a second line. */
        while ((option = getopt_long(argc, argv, ":h", OPTIONS, NULL)) != -1)
                switch (option) {
                case TIMEOUT:
                        if (timespan_parse(optarg, &ret->timeout_usec) < 0)
                                return wrong_usage("--timeout=%s is not a time span", optarg);
                        break;
                case STRICT:
                        ret->strict = true;
                        break;
                case VERBOSE:
                        ret->verbose = true;
                        break;
                case 'h':
                        (void)fputs(HELP_TEXT, stdout);
                        return 0;
                case SHOW_VERSION:
                        (void)puts("dadwait " VERSION);
                        return 0;
                case ':':
                        return wrong_usage("%s needs a value", argv[optind - 1]);
                default:
                        if (optopt > 0 && optopt <= UCHAR_MAX)
                                return wrong_usage("-%c is not an option", optopt);
                        return wrong_usage("%s is not an option, or takes no value",
                                           argv[optind - 1]);
                }
        return parse_addresses(argv + optind, argc - optind, ret);
}
