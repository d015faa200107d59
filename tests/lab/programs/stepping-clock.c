/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * For LD_PRELOAD: a real-time clock that is set again before each reading
 *
 * Each reading is $STEP_SEC seconds further ahead, or back if that is negative. The other clocks
 * are not changed. A test cannot set the real clock: it belongs to the whole machine, and no
 * namespace has its own (time_namespaces(7)).
 */

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

/* The C library's names of these arguments are reserved. */
/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */

static time_t step(void) {
        static time_t offset;
        const char *seconds = getenv("STEP_SEC");

        offset += seconds ? strtol(seconds, NULL, 10) : 0;
        return offset;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
        static int (*real)(clockid_t, struct timespec *);
        int r;

        if (!real)
                *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
        r = real(clock, now);
        if (r == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
                now->tv_sec += step();
        return r;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
        struct timespec precise;
        int r = clock_gettime(CLOCK_REALTIME, &precise);

        (void)zone;
        now->tv_sec = precise.tv_sec;
        now->tv_usec = precise.tv_nsec / 1000;
        return r;
}

time_t time(time_t *ret) {
        struct timespec now;

        (void)clock_gettime(CLOCK_REALTIME, &now);
        if (ret)
                *ret = now.tv_sec;
        return now.tv_sec;
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
