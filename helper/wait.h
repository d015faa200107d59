/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Wait: an event loop that updates the targets until none is pending, or the time is up
 */

#include "helper/report.h"
#include "helper/target.h"

/**
 * wait_until_settled() - wait until nothing is pending, and log it
 * @targets:      what to wait for; has the last status on return
 * @n_targets:    how many
 * @network:      empty, with the same patterns
 * @timeout_usec: for how long at most, on CLOCK_MONOTONIC; 0 updates the status without a wait
 * @report:       where to log
 *
 * All signals have to be blocked (signals.h); any of them ends the wait.
 *
 * Return: 1 if it has waited until the time was up; 0 if it has not, whether all are ready or not;
 * a negative errno if the kernel's addresses cannot be watched: -EAFNOSUPPORT where netlink is
 * refused, or without IPv6 if there is no IPv4 address to wait for.
 */
int wait_until_settled(struct target *targets, size_t n_targets, struct network *network,
                       uint64_t timeout_usec, struct report *report);
