/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/monitor.h"

#include "network/filter.h"
#include "network/netlink.h"
#include "network/watched-families.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

/* Bytes to make room for, and up to how many patterns the default (net.core.rmem_default) is
 * enough: 212,992 bytes hold an event about each of them. */
enum { EVENT_SIZE = 1024, MAX_ROOM = 16 * 1024 * 1024, FEW_PATTERNS = 100 };

void monitor_close(struct monitor *monitor) {
        netlink_closep(&monitor->socket);
        *monitor = (struct monitor){ 0 };
}

static int join(struct mnl_socket *socket, int group) {
        return mnl_socket_setsockopt(socket, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) < 0
                       ? -errno
                       : 0;
}

/*
 * Makes room for an event about each pattern and more, since nobody reads while events gather
 * (helper/gathering.h). Of one address the kernel counts less than 1 KiB for an event, and it
 * doubles what is asked for (socket(7)). Without CAP_NET_ADMIN net.core.rmem_max limits it; then
 * events are lost, and the network is dumped again. Only unread events use memory.
 */
static void make_room(int fd, size_t n_patterns) {
        const int size =
                n_patterns < MAX_ROOM / EVENT_SIZE ? (int)n_patterns * EVENT_SIZE : MAX_ROOM;

        if (n_patterns > FEW_PATTERNS &&
            setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
                (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

int monitor_open(struct monitor *monitor, const struct pattern *patterns, size_t n_patterns) {
        int r;

        r = netlink_open(SOCK_NONBLOCK, &monitor->socket);
        if (r < 0)
                return r;
        (void)filter_attach(monitor_fd(monitor), patterns, n_patterns);
        make_room(monitor_fd(monitor), n_patterns);
        monitor->families = watched_families(patterns, n_patterns);
        r = join(monitor->socket, RTNLGRP_LINK);
        if (r >= 0 && monitor->families & ADDRESS_IPV6)
                r = join(monitor->socket, RTNLGRP_IPV6_IFADDR);
        if (r >= 0 && monitor->families & ADDRESS_IPV4)
                r = join(monitor->socket, RTNLGRP_IPV4_IFADDR);
        return r;
}

int monitor_fd(const struct monitor *monitor) {
        return mnl_socket_get_fd(monitor->socket);
}

int monitor_read(struct monitor *monitor, struct network *network) {
        char buffer[NETLINK_BUFFER_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
        bool changed = false;

        for (;;) {
                ssize_t size = mnl_socket_recvfrom(monitor->socket, buffer, sizeof(buffer));
                int r;

                if (size < 0)
                        return errno == EAGAIN ? changed : -errno;
                r = netlink_apply(buffer, (size_t)size, 0, 0, network, &changed);
                if (r < 0)
                        return r;
        }
}
