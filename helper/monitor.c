/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "monitor.h"

#include "cleanup.h"
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

/* The kernel fills at most 32 KiB at a time, and more at once means fewer system calls. */
enum { BUFFER_SIZE = 32 * 1024 };

/* What parsing a message leaves behind: mnl_cb_t has but one pointer. */
struct parser {
        struct network *network;
        bool changed;
};

static const char *attribute_text(const struct nlattr *attribute) {
        if (mnl_attr_validate(attribute, MNL_TYPE_NUL_STRING) < 0)
                return "";
        return mnl_attr_get_str(attribute);
}

static unsigned attribute_u32(const struct nlattr *attribute) {
        return mnl_attr_validate(attribute, MNL_TYPE_U32) < 0 ? 0 : mnl_attr_get_u32(attribute);
}

struct link_attributes {
        const char *name;
        const struct nlattr *alternative_names;
        unsigned master;
        bool is_vrf;    /* l3mdev_master_ifindex(): the link is a VRF ... */
        bool is_in_vrf; /* ... or its master is */
};

static int take_link_info(const struct nlattr *attribute, void *data) {
        struct link_attributes *attributes = data;
        bool vrf = strcmp(attribute_text(attribute), "vrf") == 0;

        if (mnl_attr_get_type(attribute) == IFLA_INFO_KIND)
                attributes->is_vrf = vrf;
        else if (mnl_attr_get_type(attribute) == IFLA_INFO_SLAVE_KIND)
                attributes->is_in_vrf = vrf;
        return MNL_CB_OK;
}

static int take_link_attribute(const struct nlattr *attribute, void *data) {
        struct link_attributes *attributes = data;

        switch (mnl_attr_get_type(attribute)) {
        case IFLA_IFNAME:
                attributes->name = attribute_text(attribute);
                break;
        case IFLA_MASTER:
                attributes->master = attribute_u32(attribute);
                break;
        case IFLA_LINKINFO:
                return mnl_attr_parse_nested(attribute, take_link_info, attributes);
        case IFLA_PROP_LIST:
                attributes->alternative_names = attribute;
                break;
        }
        return MNL_CB_OK;
}

static int take_link(const struct nlmsghdr *message, struct network *network) {
        const struct ifinfomsg *header = mnl_nlmsg_get_payload(message);
        struct link_attributes attributes = { 0 };
        const struct nlattr *attribute;
        struct link link;
        int r;

        if (message->nlmsg_type == RTM_DELLINK) {
                network_remove_link(network, (unsigned)header->ifi_index);
                return 0;
        }
        if (mnl_attr_parse(message, sizeof(*header), take_link_attribute, &attributes) < 0 ||
            !attributes.name)
                return 0;

        link = (struct link){
                .index = (unsigned)header->ifi_index,
                .running = header->ifi_flags & IFF_RUNNING,
                .vrf = attributes.is_vrf      ? (unsigned)header->ifi_index
                       : attributes.is_in_vrf ? attributes.master
                                              : 0,
        };
        r = network_set_link(network, &link, attributes.name);
        if (r < 0 || !attributes.alternative_names)
                return r;
        mnl_attr_for_each_nested(attribute, attributes.alternative_names) {
                if (mnl_attr_get_type(attribute) == IFLA_ALT_IFNAME)
                        r = network_add_name(network, link.index, attribute_text(attribute));
                if (r < 0)
                        return r;
        }
        return 0;
}

struct address_attributes {
        const struct in6_addr *address;
        const struct in6_addr *local;
        uint32_t flags;
};

static int take_address_attribute(const struct nlattr *attribute, void *data) {
        struct address_attributes *attributes = data;
        bool is_address = mnl_attr_get_payload_len(attribute) == sizeof(struct in6_addr);

        switch (mnl_attr_get_type(attribute)) {
        case IFA_ADDRESS:
                attributes->address = is_address ? mnl_attr_get_payload(attribute) : NULL;
                break;
        case IFA_LOCAL:
                attributes->local = is_address ? mnl_attr_get_payload(attribute) : NULL;
                break;
        case IFA_FLAGS:
                attributes->flags = attribute_u32(attribute);
                break;
        }
        return MNL_CB_OK;
}

/* Returns whether the address is wanted. */
static int take_address(const struct nlmsghdr *message, struct network *network) {
        const struct ifaddrmsg *header = mnl_nlmsg_get_payload(message);
        struct address_attributes attributes = { .flags = header->ifa_flags };
        const struct in6_addr *address;
        struct assigned assigned;

        if (mnl_attr_parse(message, sizeof(*header), take_address_attribute, &attributes) < 0)
                return 0;
        /* With a peer, IFA_ADDRESS is the peer's (inet6_fill_ifaddr()). */
        address = attributes.local ? attributes.local : attributes.address;
        if (!address)
                return 0;

        if (message->nlmsg_type == RTM_DELADDR)
                return network_remove_address(network, address, header->ifa_index);
        memcpy(&assigned.address, address, sizeof(*address));
        assigned.index = header->ifa_index;
        assigned.flags = attributes.flags;
        return network_set_address(network, &assigned);
}

static int take_message(const struct nlmsghdr *message, void *data) {
        const struct rtgenmsg *header = mnl_nlmsg_get_payload(message);
        struct parser *parser = data;
        int r = 0;

        switch (message->nlmsg_type) {
        case RTM_NEWLINK:
        case RTM_DELLINK:
                /* In family AF_BRIDGE RTM_DELLINK is a port that leaves its bridge. */
                if (header->rtgen_family != AF_UNSPEC ||
                    mnl_nlmsg_get_payload_len(message) < sizeof(struct ifinfomsg))
                        break;
                r = take_link(message, parser->network);
                parser->changed = true;
                break;
        case RTM_NEWADDR:
        case RTM_DELADDR:
                if (header->rtgen_family != AF_INET6 ||
                    mnl_nlmsg_get_payload_len(message) < sizeof(struct ifaddrmsg))
                        break;
                r = take_address(message, parser->network);
                parser->changed |= r > 0;
                break;
        }
        if (r < 0) {
                errno = -r;
                return MNL_CB_ERROR;
        }
        return MNL_CB_OK;
}

static void close_socketp(struct mnl_socket **socket) {
        if (*socket)
                (void)mnl_socket_close(*socket);
}

void monitor_close(struct monitor *monitor) {
        close_socketp(&monitor->socket);
        closep(&monitor->nonlocal_bind_fd);
        *monitor = MONITOR_NULL;
}

int monitor_open(struct monitor *monitor) {
        static const int GROUPS[] = { RTNLGRP_LINK, RTNLGRP_IPV6_IFADDR };

        monitor->nonlocal_bind_fd =
                open("/proc/sys/net/ipv6/ip_nonlocal_bind", O_RDONLY | O_CLOEXEC | O_NOCTTY);
        monitor->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (!monitor->socket || mnl_socket_bind(monitor->socket, 0, MNL_SOCKET_AUTOPID) < 0)
                return -errno;
        for (size_t i = 0; i < sizeof(GROUPS) / sizeof(GROUPS[0]); i++) {
                int group = GROUPS[i];

                if (mnl_socket_setsockopt(monitor->socket, NETLINK_ADD_MEMBERSHIP, &group,
                                          sizeof(group)) < 0)
                        return -errno;
        }
        return 0;
}

int monitor_fd(const struct monitor *monitor) {
        return mnl_socket_get_fd(monitor->socket);
}

/* net.ipv6.ip_nonlocal_bind of this network namespace. No event tells of a change. */
static bool read_nonlocal_bind(const struct monitor *monitor) {
        char value;

        return pread(monitor->nonlocal_bind_fd, &value, 1, 0) == 1 && value == '1';
}

int monitor_read(struct monitor *monitor, struct network *network) {
        char buffer[BUFFER_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
        bool nonlocal_bind = read_nonlocal_bind(monitor);
        struct parser parser = { .network = network,
                                 .changed = nonlocal_bind != network->nonlocal_bind };

        network->nonlocal_bind = nonlocal_bind;
        for (;;) {
                ssize_t size = mnl_socket_recvfrom(monitor->socket, buffer, sizeof(buffer));

                if (size < 0 && errno == EAGAIN)
                        return parser.changed;
                if (size < 0 && errno == EINTR)
                        continue;
                if (size < 0 || mnl_cb_run(buffer, (size_t)size, 0, 0, take_message, &parser) < 0)
                        return -errno;
        }
}

/* One dump: every link, or every IPv6 address. */
static int dump(struct mnl_socket *socket, uint16_t type, struct network *network) {
        char buffer[BUFFER_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
        struct nlmsghdr *request = mnl_nlmsg_put_header(buffer);
        struct parser parser = { .network = network };
        const unsigned sequence = type;
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
                r = mnl_cb_run(buffer, (size_t)size, sequence, mnl_socket_get_portid(socket),
                               take_message, &parser);
        } while (r > MNL_CB_STOP);
        return r < 0 ? -errno : 0;
}

int monitor_ask(struct monitor *monitor, struct network *network) {
        CLEANUP(close_socketp) struct mnl_socket *socket = NULL;
        int r;

        socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
        if (!socket || mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
                return -errno;

        network->nonlocal_bind = read_nonlocal_bind(monitor);
        r = probe_bound_index(&network->bound_index);
        if (r < 0)
                return r;
        r = dump(socket, RTM_GETLINK, network);
        if (r < 0)
                return r;
        return dump(socket, RTM_GETADDR, network);
}
