/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "run-limits.h"

#include <signal.h>
#include <sys/param.h>
#include <sys/resource.h>

enum { CPU_SEC = 20 };

void run_limits_set(void) {
        struct rlimit limit;

        (void)signal(SIGXFSZ, SIG_IGN);
        if (getrlimit(RLIMIT_CPU, &limit) < 0)
                return;
        limit.rlim_cur = MIN(limit.rlim_cur, (rlim_t)CPU_SEC);
        (void)setrlimit(RLIMIT_CPU, &limit);
}
