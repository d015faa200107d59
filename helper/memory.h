/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Memory: which absent addresses have been waited for in vain since boot
 *
 * A unit with Restart= whose start takes the whole timeout each time would never reach its start
 * limit (five starts in 10 s, systemd.unit(5)), and each restart by hand would be an outage. So an
 * address that is absent after a wait is noted in a file under /run/dadwait, named after the
 * address and the network namespace, that holds for how long it was waited for. It goes when the
 * address is next seen assigned. A run with a longer timeout waits all the same: else a unit with
 * a short one would take the wait away from a unit with a long one.
 *
 * The directory is root's alone. Who may not write there has no memory, and waits.
 */

#include "wanted.h"

/**
 * memory_recall() - mark what has been waited for in vain
 * @wanted:     .in_vain is set where it has, for at least @timeout_usec
 * @n_wanted:   how many
 * @timeout_usec: how long this run would wait
 */
void memory_recall(struct wanted *wanted, size_t n_wanted, uint64_t timeout_usec);

/**
 * memory_update() - note what has come of it
 * @wanted:     judged; those that are assigned are forgotten
 * @n_wanted:   how many
 * @waited_usec: those that are absent were waited for so long in vain; 0: they were not
 */
void memory_update(const struct wanted *wanted, size_t n_wanted, uint64_t waited_usec);
