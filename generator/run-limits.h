/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What bounds a run, whatever the tree holds
 */

/**
 * run_limits_set() - bound the time on the processor, and survive a bound on files
 *
 * Reading is bounded, but systemd would wait even for what the bounds allow. RLIMIT_CPU ends that
 * (SIGXCPU, getrlimit(2)); drop-ins that are written by then are complete. Behind RLIMIT_FSIZE
 * write(2) fails with EFBIG.
 */
void run_limits_set(void);
