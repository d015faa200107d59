/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/probe.h"

#include "common/cleanup.h"

#include <errno.h>
#include <sys/socket.h>

/* A datagram socket: its bind(), to a port that the kernel chooses, disturbs nobody. */
static int open_socket(void) {
        int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

        return fd < 0 ? -errno : fd;
}

int probe(const struct pattern *pattern) {
        struct sockaddr_in6 name = { .sin6_family = AF_INET6, .sin6_addr = pattern->address };
        CLEANUP(closep) int fd = -1;

        if (pattern_needs_no_waiting(pattern))
                return 1;
        fd = open_socket();
        if (fd < 0)
                return fd;

        if (pattern->is_prefix)
                return 0;
        if (pattern->interface[0]) {
                /* For other addresses bind() ignores the interface. */
                if (!IN6_IS_ADDR_LINKLOCAL(&pattern->address))
                        return 0;
                name.sin6_scope_id = if_nametoindex(pattern->interface);
                if (name.sin6_scope_id == 0)
                        return 0;
        }
        return bind(fd, (const struct sockaddr *)&name, sizeof(name)) == 0;
}

int probe_bound_index(unsigned *ret) {
        CLEANUP(closep) int fd = open_socket();
        socklen_t size = sizeof(*ret);

        if (fd < 0)
                return fd;
        if (getsockopt(fd, SOL_SOCKET, SO_BINDTOIFINDEX, ret, &size) < 0)
                *ret = 0; /* before Linux 5.0 */
        return 0;
}
