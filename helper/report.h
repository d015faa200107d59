/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Report: what the helper logs, as structured journal entries and, on a terminal, as lines
 *
 * Each entry has a MESSAGE_ID=, which the journal catalog explains (message-id.h),
 * DADWAIT_ELAPSED_USEC= and, for each address that it is about, DADWAIT_ADDRESS=,
 * DADWAIT_STATE= (address_state_name()) and, where one is known, DADWAIT_INTERFACE=.
 *
 * Of thousands of addresses the first hundred are named and the rest is counted. Nobody reads more,
 * and sd_journal_sendv(3) loses an entry of more than 512 fields: it passes two buffers for each to
 * sendmsg(2) or writev(2), which accept 1024 (IOV_MAX). journald ignores entries of more than 1024
 * fields.
 */

#include "helper/target.h"

struct report {
        uint64_t start_usec; /* CLOCK_MONOTONIC: when the helper began */
        bool to_stderr;      /* a terminal, no journal, called by hand, or --verbose */
        size_t n_not_ready;  /* calls of report_not_ready() so far */
};

/**
 * report_open() - decide where to log
 * @verbose:    write to standard error too, unless it leads to the journal anyway
 *
 * Return: a report that starts now. It holds no resources.
 */
struct report report_open(bool verbose);

/**
 * report_waiting() - log that a wait begins
 * @targets:     those pending are named
 * @network:    has the names of links, here and below
 * @timeout_usec: how long it may take, TIMESPAN_INFINITY for no limit
 */
void report_waiting(const struct report *report, const struct target *targets, size_t n_targets,
                    const struct network *network, uint64_t timeout_usec);

/**
 * report_not_ready() - log that an address is not ready, and why
 *
 * After a hundred addresses it only counts.
 */
void report_not_ready(struct report *report, const struct target *target,
                      const struct network *network);

/**
 * report_end() - log that a wait has ended
 * @targets:     all of them; those named are those that are not ready or, if all are, all
 */
void report_end(const struct report *report, const struct target *targets, size_t n_targets,
                const struct network *network);

/**
 * report_omitted() - log how many addresses report_not_ready() has only counted, if any
 */
void report_omitted(const struct report *report);

/**
 * report_cannot_watch() - log that the kernel cannot be watched, so that there is no wait
 * @error:      negative errno
 */
void report_cannot_watch(const struct report *report, const struct target *targets,
                         size_t n_targets, int error);
