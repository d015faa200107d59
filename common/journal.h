/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether the journal takes what is sent to it
 *
 * sd_journal_send(3) blocks for as long as the queue of a journald that does not read is full: one
 * that is stopped, starts anew, or waits for a disk. What waits for the sender is worth more than
 * a message.
 */

#include <stdbool.h>

/**
 * journal_takes() - whether sd_journal_send(3) would go through
 *
 * Waits for that for up to a quarter of a second, but only once: after a "no" it is "no" for good.
 */
bool journal_takes(void);
