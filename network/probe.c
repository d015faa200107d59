/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/probe.h"

#include "common/cleanup.h"

#include <errno.h>
#include <sys/socket.h>

/* A datagram socket: its bind(), to a port that the kernel chooses, disturbs nobody. */
static int open_socket(unsigned family) {
        int fd = socket(family == ADDRESS_IPV4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

        return fd < 0 ? -errno : fd;
}

static int probe_ipv4(const struct pattern *pattern) {
        struct sockaddr_in name = { .sin_family = AF_INET,
                                    .sin_addr.s_addr = pattern->address.s6_addr32[3] };
        CLEANUP(closep) int fd = -1;

        if (pattern->is_prefix) /* none of its addresses is in DAD */
                return 1;
        if (pattern->interface[0]) /* bind() ignores it */
                return 0;
        fd = open_socket(ADDRESS_IPV4);
        if (fd < 0)
                return fd;
        return bind(fd, (const struct sockaddr *)&name, sizeof(name)) == 0;
}

int probe(const struct pattern *pattern) {
        struct sockaddr_in6 name = { .sin6_family = AF_INET6, .sin6_addr = pattern->address };
        CLEANUP(closep) int fd = -1;

        if (pattern_needs_no_waiting(pattern))
                return 1;
        if (pattern_is_ipv4(pattern))
                return probe_ipv4(pattern);
        fd = open_socket(ADDRESS_IPV6);
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

int probe_bound_index(unsigned family, unsigned *ret) {
        CLEANUP(closep) int fd = open_socket(family);
        socklen_t size = sizeof(*ret);

        if (fd < 0)
                return fd;
        if (getsockopt(fd, SOL_SOCKET, SO_BINDTOIFINDEX, ret, &size) < 0)
                *ret = 0; /* before Linux 5.0 */
        return 0;
}
