/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A run of the generator by systemd: workers (jobs.h) do all parts of the work before a deadline
 *
 * systemd waits for its generators. The log names each part that is not done at the deadline; what
 * its worker has written by then stays. Workers report their messages, and the paths to watch, to
 * this process, which logs them in the order of the parts.
 */

#include "run/work.h"

/**
 * generate() - write the drop-ins of all parts, and that of dadwait-reload.path
 * @deadline_usec:      CLOCK_MONOTONIC, as of jobs_now_usec()
 *
 * Return: 0, or negative errno, which has been logged.
 */
int generate(struct work *work, uint64_t deadline_usec);
