/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Target: an address or prefix that is waited for, its status, and whether it is pending
 */

#include "network/address-status.h"

struct target {
        struct pattern pattern;
        struct address_status status; /* STATE_UNKNOWN until the first target_update() */
        bool already_timed_out;       /* while absent it is not waited for (timed-out.h); set by the
                                         caller */
        bool reported;                /* its present state has been logged; set by the caller */
};

/**
 * target_count_pending() - Return: how many are pending, that is, worth waiting for
 */
size_t target_count_pending(const struct target *targets, size_t n_targets);

/**
 * target_update() - update the status of targets that a change may matter to
 * @targets:    in the order of the patterns of @network; a change of state clears .reported
 * @n_targets:  how many
 * @network:    the network as it is now; the caller calls network_forget_changes() afterwards
 * @n_pending:  how many have been pending until now, as of target_count_pending()
 *
 * Return: how many are pending now.
 */
size_t target_update(struct target *targets, size_t n_targets, const struct network *network,
                     size_t n_pending);

/**
 * target_is_pending() - whether to wait
 *
 * What is not ready is pending, since network managers assign late, with three exceptions: an
 * address whose DAD has failed, since the kernel does not repeat DAD until the address is assigned
 * afresh, an absent one that has already timed out, and an IPv6 address where there is no IPv6.
 */
bool target_is_pending(const struct target *target);

/**
 * target_is_absent() - whether the kernel has no such address
 */
bool target_is_absent(const struct target *target);
