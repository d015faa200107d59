/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What is wanted, what has become of it, and what is still pending
 */

#include "verdict.h"

struct wanted {
        struct pattern pattern;
        struct verdict verdict; /* STATE_UNKNOWN until the first wanted_update() */
        bool already_timed_out; /* absent, it is not waited for (timed-out.h); set by the caller */
        bool reported;          /* its present state has been told; owned by the caller */
};

/**
 * wanted_count_pending() - Return: how many are pending, that is, worth waiting for
 */
size_t wanted_count_pending(const struct wanted *wanted, size_t n_wanted);

/**
 * wanted_update() - judge the patterns to which something has changed
 * @wanted:     the patterns, in the order of @network; a change of state clears .reported
 * @n_wanted:   how many
 * @network:    the network as it is now; network_forget_changes() is left to the caller
 * @n_pending:  how many have been pending until now, as of wanted_count_pending()
 *
 * Return: how many are pending now.
 */
size_t wanted_update(struct wanted *wanted, size_t n_wanted, const struct network *network,
                     size_t n_pending);

/**
 * wanted_is_pending() - whether to wait
 *
 * All that is not ready is waited for, since network managers assign late, but for an address
 * whose DAD has failed, which the kernel does not try again until it is assigned afresh, and one
 * that is absent and has been waited for in vain before.
 */
bool wanted_is_pending(const struct wanted *wanted);

/**
 * wanted_is_absent() - whether the kernel has no such address
 */
bool wanted_is_absent(const struct wanted *wanted);
