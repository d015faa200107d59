/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/monitor.h"

#include "common/cleanup.h"
#include "network/filter.h"
#include "network/message.h"
#include "network/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

/* The kernel fills at most 32 KiB at a time, and more at once means fewer system calls. */
enum { BUFFER_SIZE = 32 * 1024 };

/* Bytes to make room for, and up to how many patterns the default (net.core.rmem_default) is
 * enough: 212,992 bytes hold an event about each of them. */
enum { EVENT_SIZE = 1024, MAX_ROOM = 16 * 1024 * 1024, FEW_PATTERNS = 100 };

/* What mnl_cb_run() hands on: it has but one pointer, and returns no more than an errno. */
struct taking {
        struct network *network;
        bool changed;
};

static int take(const struct nlmsghdr *message, void *data) {
        struct taking *taking = data;
        int r;

        r = message_apply(message, taking->network);
        if (r < 0) {
                errno = -r;
                return MNL_CB_ERROR;
        }
        taking->changed |= r > 0;
        return MNL_CB_OK;
}

static void close_socketp(struct mnl_socket **socket) {
        if (*socket)
                (void)mnl_socket_close(*socket);
}

void monitor_close(struct monitor *monitor) {
        close_socketp(&monitor->events);
        closep(&monitor->nonlocal_bind_fd);
        *monitor = MONITOR_NULL;
}

static int open_events(struct mnl_socket **ret) {
        CLEANUP(close_socketp) struct mnl_socket *socket = NULL;

        socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (!socket || mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
                return -errno;
        *ret = TAKE_POINTER(socket);
        return 0;
}

static int join(struct mnl_socket *socket, int group) {
        return mnl_socket_setsockopt(socket, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) < 0
                       ? -errno
                       : 0;
}

/*
 * Makes room for an event about each pattern and more, since nobody reads while events gather
 * (wait.c). Of one address the kernel counts less than 1 KiB for an event, and it doubles what is
 * asked for (socket(7)). Without CAP_NET_ADMIN net.core.rmem_max limits it; what is lost then has
 * to be asked for. Memory is used by what waits to be read alone.
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

        monitor->nonlocal_bind_fd =
                open("/proc/sys/net/ipv6/ip_nonlocal_bind", O_RDONLY | O_CLOEXEC | O_NOCTTY);

        r = open_events(&monitor->events);
        if (r < 0)
                return r;
        (void)filter_attach(mnl_socket_get_fd(monitor->events), patterns, n_patterns);
        make_room(mnl_socket_get_fd(monitor->events), n_patterns);
        r = join(monitor->events, RTNLGRP_LINK);
        if (r >= 0)
                r = join(monitor->events, RTNLGRP_IPV6_IFADDR);
        return r;
}

int monitor_events_fd(const struct monitor *monitor) {
        return mnl_socket_get_fd(monitor->events);
}

/*
 * net.ipv6.ip_nonlocal_bind of this network namespace. The kernel sends no event when it changes.
 * systemd-sysctl.service sets it before any service starts; where somebody sets it during a wait,
 * the next event about a link or about an address that is waited for has it read, or the end of
 * the timeout.
 */
static bool read_nonlocal_bind(const struct monitor *monitor) {
        char value;

        return pread(monitor->nonlocal_bind_fd, &value, 1, 0) == 1 && value == '1';
}

int monitor_read(struct monitor *monitor, struct network *network) {
        char buffer[BUFFER_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
        struct taking taking = {
                .network = network,
                .changed = network_set_nonlocal_bind(network, read_nonlocal_bind(monitor)),
        };

        for (;;) {
                ssize_t size = mnl_socket_recvfrom(monitor->events, buffer, sizeof(buffer));

                if (size < 0 && errno == EAGAIN)
                        return taking.changed;
                if (size < 0 || mnl_cb_run(buffer, (size_t)size, 0, 0, take, &taking) < 0)
                        return -errno;
        }
}

/*
 * Whether the kernel says that a dump was interrupted. That is taken out of the messages: at
 * NLM_F_DUMP_INTR mnl_cb_run() stops, and of a long dump in a flood the end would never be seen.
 */
static bool take_interruption(void *buffer, size_t size) {
        struct nlmsghdr *message = buffer;
        int left = (int)size;
        bool ret = false;

        for (; mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
                ret |= (message->nlmsg_flags & NLM_F_DUMP_INTR) != 0;
                message->nlmsg_flags &= (uint16_t)~NLM_F_DUMP_INTR;
        }
        return ret;
}

/* One dump: every link, or every IPv6 address. Returns as monitor_resync(). */
static int dump(struct mnl_socket *socket, uint16_t type, struct network *network) {
        char buffer[BUFFER_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
        struct nlmsghdr *request = mnl_nlmsg_put_header(buffer);
        struct taking taking = { .network = network };
        const unsigned sequence = type;
        bool interrupted = false;
        int r;

        request->nlmsg_type = type;
        request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
        request->nlmsg_seq = sequence;
        if (type == RTM_GETADDR) {
                struct ifaddrmsg *header =
                        mnl_nlmsg_put_extra_header(request, sizeof(struct ifaddrmsg));

                header->ifa_family = AF_INET6;
        } else {
                (void)mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
                mnl_attr_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        }
        if (mnl_socket_sendto(socket, request, request->nlmsg_len) < 0)
                return -errno;

        do {
                ssize_t size = mnl_socket_recvfrom(socket, buffer, sizeof(buffer));

                if (size < 0)
                        return -errno;
                interrupted |= take_interruption(buffer, (size_t)size);
                r = mnl_cb_run(buffer, (size_t)size, sequence, mnl_socket_get_portid(socket), take,
                               &taking);
        } while (r > MNL_CB_STOP);
        if (r < 0)
                return -errno;
        return interrupted ? -EINTR : 0;
}

int monitor_resync(struct monitor *monitor, struct network *network) {
        CLEANUP(close_socketp) struct mnl_socket *socket = NULL;
        unsigned bound_index;
        int r, links, addresses;

        socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
        if (!socket || mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
                return -errno;

        (void)network_set_nonlocal_bind(network, read_nonlocal_bind(monitor));
        r = probe_bound_index(&bound_index);
        if (r < 0)
                return r;
        network_set_bound_index(network, bound_index);
        links = dump(socket, RTM_GETLINK, network);
        if (links < 0 && links != -EINTR)
                return links;
        network_begin_dump(network);
        addresses = dump(socket, RTM_GETADDR, network);
        network_end_dump(network);
        return addresses < 0 ? addresses : links;
}
