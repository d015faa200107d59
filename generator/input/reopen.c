/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/reopen.h"

#include "common/cleanup.h"

#include <fcntl.h>

int reopen(int fd, int flags) {
        char link[sizeof("/proc/self/fd/2147483647")];
        int opened;

        (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
        opened = open(link, flags | O_CLOEXEC);
        if (opened >= 0)
                return opened;
        /* The descriptor exists, so it is /proc that does not. */
        return errno == ENOENT || errno == ENOTDIR ? -EUNATCH : -errno;
}
