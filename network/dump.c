/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/dump.h"

#include "common/cleanup.h"
#include "network/netlink.h"
#include "network/probe.h"
#include "network/sysctl.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

/*
 * Returns whether the kernel reports that a dump was interrupted, and clears that in the messages:
 * at NLM_F_DUMP_INTR mnl_cb_run() stops, and would never reach the end of a long dump in a flood.
 */
static bool clear_interruption(void *buffer, size_t size) {
        struct nlmsghdr *message = buffer;
        int left = (int)size;
        bool ret = false;

        for (; mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
                ret |= (message->nlmsg_flags & NLM_F_DUMP_INTR) != 0;
                message->nlmsg_flags &= (uint16_t)~NLM_F_DUMP_INTR;
        }
        return ret;
}

/* Asks for every link, or for every IPv6 address. */
static int send_request(struct mnl_socket *socket, uint16_t type) {
        char buffer[128] __attribute__((aligned(NLMSG_ALIGNTO)));
        struct nlmsghdr *request = mnl_nlmsg_put_header(buffer);

        request->nlmsg_type = type;
        request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
        request->nlmsg_seq = type;
        if (type == RTM_GETADDR) {
                struct ifaddrmsg *header =
                        mnl_nlmsg_put_extra_header(request, sizeof(struct ifaddrmsg));

                header->ifa_family = AF_INET6;
        } else {
                (void)mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
                mnl_attr_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        }
        return mnl_socket_sendto(socket, request, request->nlmsg_len) < 0 ? -errno : 0;
}

/* Returns as dump(). */
static int dump_type(struct mnl_socket *socket, uint16_t type, struct network *network) {
        char buffer[NETLINK_BUFFER_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
        bool interrupted = false, changed = false;
        int r;

        r = send_request(socket, type);
        if (r < 0)
                return r;
        do {
                ssize_t size = mnl_socket_recvfrom(socket, buffer, sizeof(buffer));

                if (size < 0)
                        return -errno;
                interrupted |= clear_interruption(buffer, (size_t)size);
                r = netlink_apply(buffer, (size_t)size, type, mnl_socket_get_portid(socket),
                                  network, &changed);
        } while (r > 0);
        if (r < 0)
                return r;
        return interrupted ? -EINTR : 0;
}

int dump(struct network *network) {
        CLEANUP(netlink_closep) struct mnl_socket *socket = NULL;
        unsigned bound_index;
        int r, links, addresses;

        r = netlink_open(0, &socket);
        if (r < 0)
                return r;

        (void)network_set_nonlocal_bind(network, sysctl_is_on(SYSCTL_NONLOCAL_BIND));
        r = probe_bound_index(&bound_index);
        if (r < 0)
                return r;
        network_set_bound_index(network, bound_index);
        links = dump_type(socket, RTM_GETLINK, network);
        if (links < 0 && links != -EINTR)
                return links;
        network_begin_dump(network);
        addresses = dump_type(socket, RTM_GETADDR, network);
        network_end_dump(network);
        return addresses < 0 ? addresses : links;
}
