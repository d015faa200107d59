/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether the journal accepts entries
 *
 * sd_journal_send(3) and syslog(3) block while the queue of journald is full: if journald is
 * stopped, restarts, or waits for a disk. To start a service matters more than an entry about it.
 */

#include <stdbool.h>

/**
 * journal_accepts() - whether an entry would not block
 * @path:       the socket that receives it, the same in each call
 *
 * Waits up to a quarter of a second for that. After it has returned false it always does, at once.
 */
bool journal_accepts(const char *path);
