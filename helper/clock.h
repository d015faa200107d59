/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The one clock that the helper looks at: it cannot be set, and stands still during suspend
 */

#include <stdint.h>
#include <time.h>

enum { USEC_PER_SEC = 1000 * 1000, NSEC_PER_USEC = 1000 };

/**
 * now_usec() - Return: microseconds of CLOCK_MONOTONIC
 */
static inline uint64_t now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * USEC_PER_SEC + (uint64_t)now.tv_nsec / NSEC_PER_USEC;
}
