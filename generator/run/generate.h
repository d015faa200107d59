/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * All parts of the work done by workers (jobs.h), when systemd calls: within a time by the clock
 *
 * Systemd waits for its generators. A part that is not done at the deadline is named in the log,
 * and its drop-ins are those that it has written. What the workers have to say, and what has to be
 * watched for changes, they hand to this process, which logs it in the order of the parts.
 */

#include "run/work.h"

/**
 * generate() - write the drop-ins of all parts, and that of dadwait-reload.path
 * @deadline_usec:      CLOCK_MONOTONIC, as of jobs_now_usec()
 *
 * Return: 0, or negative errno, which has been logged.
 */
int generate(struct work *work, uint64_t deadline_usec);
