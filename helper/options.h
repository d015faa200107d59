/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The command line of the helper
 */

#include "common/pattern.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct options {
        uint64_t timeout_usec; /* TIMESPAN_INFINITY: no timeout */
        bool strict;           /* fail if an address is not ready */
        bool verbose;          /* write to standard error too, and log addresses that are ready */
        struct pattern *patterns;
        size_t n_patterns;
};

/**
 * options_done() - free the patterns
 */
void options_done(struct options *options);

/**
 * options_parse() - read the command line
 * @argc:       as given to main()
 * @argv:       as given to main()
 * @ret:        the options, to be freed with options_done(), also on error
 *
 * A mistake is written to standard error, with the usage, in one line.
 *
 * Return: 1 to go on; 0 if the usage was asked for and printed; -EINVAL; -ENOMEM.
 */
int options_parse(int argc, char **argv, struct options *ret);
