/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The end of a process that a boot waits for
 */

#include "build-config.h"

#include <unistd.h>

/**
 * leave_early() - end the process, if nothing needs what would follow
 *
 * The kernel frees everything. exit(3) would also run the destructors of libsystemd and of the
 * libraries that it loads, which takes 50 us on a virtual machine of 2026. Leak checkers and gcov
 * need that, so in builds for them this returns. Nothing may be left in a buffer of stdio; standard
 * error has none.
 */
static inline void leave_early(int status) {
        if (!NEEDS_DESTRUCTORS)
                _exit(status);
}
