/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Wait: an event loop between the kernel, the clock and the targets
 */

#include "helper/report.h"
#include "helper/target.h"

/**
 * wait_until_settled() - wait until nothing is pending, and tell of it
 * @targets:     what to wait for; their last status on return
 * @n_targets:   how many
 * @network:    empty, with the same patterns
 * @timeout_usec: for how long at most, on CLOCK_MONOTONIC; 0 only looks
 * @report:     where to tell
 *
 * All signals have to be blocked (signals.h); any of them ends the wait.
 *
 * Return: 1 if it has waited until the time was up, else 0, which does not mean that all are ready;
 * a negative errno if there is no way to watch the kernel's addresses: -EAFNOSUPPORT without IPv6
 * or where netlink is refused.
 */
int wait_until_settled(struct target *targets, size_t n_targets, struct network *network,
                       uint64_t timeout_usec, struct report *report);
