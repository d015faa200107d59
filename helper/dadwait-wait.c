/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * dadwait-wait: wait until bind() to the given addresses would succeed
 *
 * The second stage of the helper. The first stage, dadwait.c, executes it with the same arguments
 * if an address is not ready. It passes on nothing of what it found, so this program asks bind()
 * once more, and ends if every address is ready now. Else it watches the kernel until nothing is
 * left to wait for, or the time is up. The service is started either way: an address that is not
 * ready is an error only with --strict.
 */

#include "common/cleanup.h"
#include "common/leave.h"
#include "helper/exit-status.h"
#include "helper/options.h"
#include "helper/signals.h"
#include "helper/timed-out.h"
#include "helper/wait.h"
#include "network/probe.h"
#include "network/watched-families.h"

#include <errno.h>

/* Returns 1 if bind() accepts them all, 0 if it may not, or a negative errno. */
static int probe_all(struct target *targets, size_t n_targets) {
        for (size_t i = 0; i < n_targets; i++) {
                int r = probe(&targets[i].pattern);

                if (r <= 0)
                        return r;
                targets[i].status.state = STATE_READY;
        }
        return 1;
}

static bool all_ready(const struct target *targets, size_t n_targets) {
        for (size_t i = 0; i < n_targets; i++)
                if (targets[i].status.state != STATE_READY)
                        return false;
        return true;
}

/* Waits for the targets and logs it. Where the kernel cannot be watched their status is unknown. */
static void settle(struct target *targets, const struct options *options) {
        CLEANUP(network_done)
        struct network network = { .patterns = options->patterns,
                                   .n_patterns = options->n_patterns };
        struct report report = report_open(options->verbose);
        uint64_t waited_usec = 0;
        int r;

        r = probe_all(targets, options->n_patterns);
        /* Without IPv6 there may be IPv4 to wait for. */
        if (r == -EAFNOSUPPORT &&
            watched_families(options->patterns, options->n_patterns) & ADDRESS_IPV4)
                r = 0;
        if (r > 0 && options->verbose)
                report_end(&report, targets, options->n_patterns, &network);
        if (r == 0) {
                timed_out_load(targets, options->n_patterns, options->timeout_usec);
                r = wait_until_settled(targets, options->n_patterns, &network,
                                       options->timeout_usec, &report);
                if (r > 0)
                        waited_usec = options->timeout_usec;
        }
        if (r < 0) {
                report_cannot_watch(&report, targets, options->n_patterns, r);
                return;
        }
        timed_out_update(targets, options->n_patterns, waited_usec);
}

int main(int argc, char **argv) {
        CLEANUP(options_done) struct options options;
        CLEANUP(freep) struct target *targets = NULL;
        int status = EXIT_SUCCESS;
        int r;

        signals_block();
        r = options_parse(argc, argv, &options);
        if (r == 0 || r == -EINVAL)
                return r < 0 ? EXIT_USAGE : EXIT_SUCCESS;

        if (r > 0)
                targets = calloc(options.n_patterns, sizeof(*targets));
        if (!targets)
                return options.strict ? EXIT_NOT_READY : EXIT_SUCCESS;
        for (size_t i = 0; i < options.n_patterns; i++)
                targets[i] = (struct target){ .pattern = options.patterns[i],
                                              .status = { .state = STATE_UNKNOWN } };

        settle(targets, &options);
        if (options.strict && !all_ready(targets, options.n_patterns))
                status = EXIT_NOT_READY;
        leave_early(status); /* the service waits for nothing else */
        return status;
}
