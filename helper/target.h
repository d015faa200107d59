/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The targets: what is waited for, its status, and what is still pending
 */

#include "network/address-status.h"

struct target {
        struct pattern pattern;
        struct address_status status; /* STATE_UNKNOWN until the first target_update() */
        bool already_timed_out; /* absent, it is not waited for (timed-out.h); set by the caller */
        bool reported;          /* its present state has been told; owned by the caller */
};

/**
 * target_count_pending() - Return: how many are pending, that is, worth waiting for
 */
size_t target_count_pending(const struct target *targets, size_t n_targets);

/**
 * target_update() - judge the patterns to which something has changed
 * @targets:     the patterns, in the order of @network; a change of state clears .reported
 * @n_targets:   how many
 * @network:    the network as it is now; network_forget_changes() is left to the caller
 * @n_pending:  how many have been pending until now, as of target_count_pending()
 *
 * Return: how many are pending now.
 */
size_t target_update(struct target *targets, size_t n_targets, const struct network *network,
                     size_t n_pending);

/**
 * target_is_pending() - whether to wait
 *
 * All that is not ready is waited for, since network managers assign late, but for an address
 * whose DAD has failed, which the kernel does not try again until it is assigned afresh, and one
 * that is absent and has been waited for in vain before.
 */
bool target_is_pending(const struct target *target);

/**
 * target_is_absent() - whether the kernel has no such address
 */
bool target_is_absent(const struct target *target);
