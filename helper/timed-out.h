/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Timed out: records of absent addresses that were waited for until the time was up
 *
 * A unit with Restart= that waits for the whole timeout at each start would never reach its start
 * limit (five starts in 10 s, systemd.unit(5)). So an address that is absent after a whole wait is
 * recorded below /run/dadwait, by address and network namespace, with the length of that wait, and
 * is not waited for again for a minute. Then the start limit is reached, also where
 * StartLimitIntervalSec= is as long as that. A start that skips the wait does not prolong the
 * record, and one after the minute waits again.
 *
 * A run that sees the address assigned removes the record. A run with a longer timeout waits all
 * the same: a unit with a short timeout must not shorten the wait of a unit with a long one.
 *
 * Each record is a symbolic link, since that is created as a whole or not at all:
 *
 *     /run/dadwait/2001:db8::1@1 -> "EXPIRY WAITED", microseconds: of CLOCK_BOOTTIME, and how long
 *
 * Each run removes from the directory what has expired or is no record, and the directory when it
 * is empty: units that have a new network namespace at each start leave nothing behind.
 *
 * Only root can write to the directory. For other users there are no records, and each run waits.
 */

#include "helper/target.h"

/* Exists while there may be records. */
#define TIMED_OUT_DIRECTORY "/run/dadwait"

/**
 * timed_out_load() - read the records
 * @targets:      .already_timed_out is set where there is a record of at least @timeout_usec
 * @n_targets:    how many
 * @timeout_usec: how long this run would wait
 */
void timed_out_load(struct target *targets, size_t n_targets, uint64_t timeout_usec);

/**
 * timed_out_update() - record what has timed out in this run
 * @targets:     with their last status; the records of those that are assigned are removed
 * @n_targets:   how many
 * @waited_usec: how long this run has waited for those that are absent; 0 if not until the time was
 *               up
 */
void timed_out_update(const struct target *targets, size_t n_targets, uint64_t waited_usec);
