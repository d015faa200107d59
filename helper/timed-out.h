/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Timed out: a record of the absent addresses that were waited for until the time was up
 *
 * A unit with Restart= whose start takes the whole timeout each time would never reach its start
 * limit (five starts in 10 s, systemd.unit(5)). So an address that is absent after a whole wait is
 * recorded under /run/dadwait, by address and network namespace, with the time of that wait, and
 * not waited for again for a minute: the start limit is reached, also where StartLimitIntervalSec=
 * is as long as that, and a start later than that waits as ever. A start that skips the wait does
 * not prolong it. The record goes before if a run sees the address assigned. A run with a longer
 * timeout waits all the same: else a unit with a short one would take the wait away from a unit
 * with a long one.
 *
 * Each record is a symbolic link, which is made whole or not at all:
 *
 *     /run/dadwait/2001:db8::1@1 -> "EXPIRY WAITED", microseconds: of CLOCK_BOOTTIME, and how long
 *
 * What has expired, or is no record, goes when a run looks into the directory, and with the last
 * one the directory: units with a network namespace of their own at each start leave nothing
 * behind.
 *
 * The directory is root's alone. Who is not root has no record, and waits.
 */

#include "helper/target.h"

/* It is there while there may be records. */
#define TIMED_OUT_DIRECTORY "/run/dadwait"

/**
 * timed_out_recall() - mark what has timed out
 * @targets:     .already_timed_out is set where it has, after at least @timeout_usec
 * @n_targets:   how many
 * @timeout_usec: how long this run would wait
 */
void timed_out_recall(struct target *targets, size_t n_targets, uint64_t timeout_usec);

/**
 * timed_out_update() - record what has timed out in this run
 * @targets:     judged; the records of those that are assigned are removed
 * @n_targets:   how many
 * @waited_usec: those that are absent were waited for so long in vain; 0: they were not
 */
void timed_out_update(const struct target *targets, size_t n_targets, uint64_t waited_usec);
