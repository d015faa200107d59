/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/dump.h"

#include "common/cleanup.h"
#include "network/address-status.h"
#include "network/netlink.h"
#include "network/probe.h"
#include "network/watched-families.h"

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

/* Asks for every link, or for every address of a family. */
static int send_request(struct mnl_socket *socket, uint16_t type, uint8_t family) {
        char buffer[128] __attribute__((aligned(NLMSG_ALIGNTO)));
        struct nlmsghdr *request = mnl_nlmsg_put_header(buffer);

        request->nlmsg_type = type;
        request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
        request->nlmsg_seq = type;
        if (type == RTM_GETADDR) {
                struct ifaddrmsg *header =
                        mnl_nlmsg_put_extra_header(request, sizeof(struct ifaddrmsg));

                header->ifa_family = family;
        } else {
                (void)mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
                mnl_attr_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        }
        return mnl_socket_sendto(socket, request, request->nlmsg_len) < 0 ? -errno : 0;
}

/* Returns as dump(). */
static int dump_type(struct mnl_socket *socket, uint16_t type, uint8_t family,
                     struct network *network) {
        char buffer[NETLINK_BUFFER_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
        bool interrupted = false, changed = false;
        int r;

        r = send_request(socket, type, family);
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

static int dump_addresses(struct mnl_socket *socket, unsigned families, struct network *network) {
        int ipv6 = 0, ipv4 = 0;

        network_begin_dump(network);
        if (families & ADDRESS_IPV6)
                ipv6 = dump_type(socket, RTM_GETADDR, AF_INET6, network);
        if (families & ADDRESS_IPV4 && (ipv6 >= 0 || ipv6 == -EINTR))
                ipv4 = dump_type(socket, RTM_GETADDR, AF_INET, network);
        network_end_dump(network);
        return ipv4 < 0 ? ipv4 : ipv6;
}

/* What bind() accepts though no link has it: dump.h. */
static int add_local(struct network *network) {
        for (size_t i = 0; i < network->n_patterns; i++) {
                const struct pattern *pattern = &network->patterns[i];
                const struct assigned local = { .address = pattern->address };
                int r = 0;

                if (pattern_is_ipv4(pattern) &&
                    address_status(pattern, network).state != STATE_READY && probe(pattern) > 0)
                        r = network_set_address(network, &local);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* Without IPv6 there may still be IPv4 to ask for; then @families is without IPv6 afterwards. */
static int find_bound_index(struct network *network, unsigned *families) {
        unsigned index;
        int r;

        r = probe_bound_index(*families & ADDRESS_IPV6 ? ADDRESS_IPV6 : ADDRESS_IPV4, &index);
        if (r == -EAFNOSUPPORT && *families == (ADDRESS_IPV6 | ADDRESS_IPV4)) {
                network_set_lacks_ipv6(network);
                *families = ADDRESS_IPV4;
                r = probe_bound_index(ADDRESS_IPV4, &index);
        }
        if (r >= 0)
                network_set_bound_index(network, index);
        return r;
}

int dump(struct network *network) {
        unsigned families = watched_families(network->patterns, network->n_patterns);
        CLEANUP(netlink_closep) struct mnl_socket *socket = NULL;
        int r, links, addresses;

        r = netlink_open(0, &socket);
        if (r < 0)
                return r;

        (void)watched_families_read_sysctls(network, families);
        r = find_bound_index(network, &families);
        if (r < 0)
                return r;
        links = dump_type(socket, RTM_GETLINK, AF_UNSPEC, network);
        if (links < 0 && links != -EINTR)
                return links;
        addresses = dump_addresses(socket, families, network);
        if (addresses < 0 && addresses != -EINTR)
                return addresses;
        r = add_local(network);
        if (r < 0)
                return r;
        return addresses < 0 ? addresses : links;
}
