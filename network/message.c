/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/message.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

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
        bool is_partial;
        bool is_vrf;    /* l3mdev_master_ifindex(): the link is a VRF ... */
        bool is_in_vrf; /* ... or its master is */
};

static int parse_link_info(const struct nlattr *attribute, void *data) {
        struct link_attributes *attributes = data;
        bool vrf = strcmp(attribute_text(attribute), "vrf") == 0;

        if (mnl_attr_get_type(attribute) == IFLA_INFO_KIND)
                attributes->is_vrf = vrf;
        else if (mnl_attr_get_type(attribute) == IFLA_INFO_SLAVE_KIND)
                attributes->is_in_vrf = vrf;
        return MNL_CB_OK;
}

static int parse_link_attribute(const struct nlattr *attribute, void *data) {
        struct link_attributes *attributes = data;

        switch (mnl_attr_get_type(attribute)) {
        case IFLA_IFNAME:
                attributes->name = attribute_text(attribute);
                break;
        case IFLA_WIRELESS: /* such an event lacks most of the link (rtnetlink_ifinfo_prep()) */
                attributes->is_partial = true;
                break;
        case IFLA_MASTER:
                attributes->master = attribute_u32(attribute);
                break;
        case IFLA_LINKINFO:
                return mnl_attr_parse_nested(attribute, parse_link_info, attributes);
        case IFLA_PROP_LIST:
                attributes->alternative_names = attribute;
                break;
        }
        return MNL_CB_OK;
}

static int apply_link(const struct nlmsghdr *message, struct network *network) {
        const struct ifinfomsg *header = mnl_nlmsg_get_payload(message);
        struct link_attributes attributes = { 0 };
        const struct nlattr *attribute;
        struct link link;
        int r;

        if (message->nlmsg_type == RTM_DELLINK) {
                network_remove_link(network, (unsigned)header->ifi_index);
                return 0;
        }
        if (mnl_attr_parse(message, sizeof(*header), parse_link_attribute, &attributes) < 0 ||
            !attributes.name || attributes.is_partial)
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
        size_t size; /* of an address */
        const void *address;
        const void *local;
        uint32_t flags;
};

static int parse_address_attribute(const struct nlattr *attribute, void *data) {
        struct address_attributes *attributes = data;
        bool is_address = mnl_attr_get_payload_len(attribute) == attributes->size;

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

/*
 * With a peer, IFA_ADDRESS is the peer's (inet6_fill_ifaddr(), inet_fill_ifaddr()). Of IPv4 without
 * a peer both are the address. Returns whether it is there, and one that bind() may accept: a link
 * may have an IPv4-mapped address as an IPv6 address, but bind() looks for the IPv4 address
 * (__inet6_bind()).
 */
static bool parse_address(const struct ifaddrmsg *header,
                          const struct address_attributes *attributes, struct assigned *ret) {
        const void *address = attributes->local ? attributes->local : attributes->address;

        if (!address)
                return false;
        *ret = (struct assigned){ .index = header->ifa_index, .flags = attributes->flags };
        if (header->ifa_family == AF_INET6) {
                memcpy(&ret->address, address, attributes->size);
                return !IN6_IS_ADDR_V4MAPPED(&ret->address);
        }
        ret->address = pattern_map_ipv4(address);
        if (attributes->address)
                memcpy(&ret->subnet, attributes->address, attributes->size);
        ret->subnet_length = header->ifa_prefixlen;
        return true;
}

/* Of what bind() has accepted without a link (dump.h) it is not known why: maybe because of this
 * address. */
static bool remove_address(struct network *network, const struct assigned *gone) {
        const struct assigned local = { .address = gone->address };
        bool was_known = network_remove_address(network, gone);

        return network_remove_address(network, &local) || was_known;
}

/* Returns whether a pattern covers the address. */
static int apply_address(const struct nlmsghdr *message, struct network *network) {
        const struct ifaddrmsg *header = mnl_nlmsg_get_payload(message);
        struct address_attributes attributes = {
                .size = header->ifa_family == AF_INET6 ? sizeof(struct in6_addr)
                                                       : sizeof(struct in_addr),
                .flags = header->ifa_flags,
        };
        struct assigned assigned;

        if (mnl_attr_parse(message, sizeof(*header), parse_address_attribute, &attributes) < 0 ||
            !parse_address(header, &attributes, &assigned))
                return 0;

        if (message->nlmsg_type == RTM_DELADDR)
                return remove_address(network, &assigned);
        return network_set_address(network, &assigned);
}

int message_apply(const struct nlmsghdr *message, struct network *network) {
        const struct rtgenmsg *header = mnl_nlmsg_get_payload(message);
        size_t size = mnl_nlmsg_get_payload_len(message);
        int r;

        switch (message->nlmsg_type) {
        case RTM_NEWLINK:
        case RTM_DELLINK:
                /* In family AF_BRIDGE RTM_DELLINK is a port that leaves its bridge. */
                if (size < sizeof(struct ifinfomsg) || header->rtgen_family != AF_UNSPEC)
                        return 0;
                r = apply_link(message, network);
                return r < 0 ? r : 1;
        case RTM_NEWADDR:
        case RTM_DELADDR:
                if (size < sizeof(struct ifaddrmsg) ||
                    (header->rtgen_family != AF_INET6 && header->rtgen_family != AF_INET))
                        return 0;
                return apply_address(message, network);
        default:
                return 0;
        }
}
