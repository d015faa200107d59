/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/journal.h"

#include "common/cleanup.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

enum { TIMEOUT_MSEC = 250 };

/* A datagram socket polls as writable while its peer's queue has room (unix_dgram_poll()). */
static bool is_writable(const char *path) {
        struct sockaddr_un journal = { .sun_family = AF_UNIX };
        CLEANUP(closep) int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        struct pollfd out = { .fd = fd, .events = POLLOUT };

        (void)stpncpy(journal.sun_path, path, sizeof(journal.sun_path) - 1);
        return fd >= 0 && connect(fd, (const struct sockaddr *)&journal, sizeof(journal)) >= 0 &&
               poll(&out, 1, TIMEOUT_MSEC) > 0 && out.revents & POLLOUT;
}

bool journal_accepts(const char *path) {
        static bool gave_up;

        gave_up = gave_up || !is_writable(path);
        return !gave_up;
}
