/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What the kernel's messages come to, for those that no kernel at hand would send: VRFs, wireless
 * events, and messages that are cut short. The others are tested in tests/netns.
 */

#include "network/message.h"

#include "network/address-status.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ETH0 = 2, RED = 3 };

union buffer {
        struct nlmsghdr header;
        char bytes[1024];
};

static struct pattern PATTERNS[2];
static struct network NETWORK;

static int set_up(void **state) {
        (void)state;
        assert_int_equal(pattern_parse("any", &PATTERNS[0]), 0);
        assert_int_equal(pattern_parse("any-ipv4", &PATTERNS[1]), 0);
        NETWORK = (struct network){ .patterns = PATTERNS, .n_patterns = 2 };
        return 0;
}

static int tear_down(void **state) {
        (void)state;
        network_done(&NETWORK);
        return 0;
}

static struct nlmsghdr *begin_link(union buffer *buffer, uint16_t type, int index,
                                   const char *name) {
        struct nlmsghdr *message = mnl_nlmsg_put_header(buffer);
        struct ifinfomsg *header;

        message->nlmsg_type = type;
        header = mnl_nlmsg_put_extra_header(message, sizeof(*header));
        header->ifi_family = AF_UNSPEC;
        header->ifi_index = index;
        header->ifi_flags = IFF_UP | IFF_RUNNING;
        mnl_attr_put_strz(message, IFLA_IFNAME, name);
        return message;
}

static void put_nested(struct nlmsghdr *message, uint16_t outer, uint16_t inner, const char *text) {
        struct nlattr *nest = mnl_attr_nest_start(message, outer);

        mnl_attr_put_strz(message, inner, text);
        mnl_attr_nest_end(message, nest);
}

static struct nlmsghdr *begin_address(union buffer *buffer, uint16_t type, const char *text,
                                      uint32_t flags) {
        struct nlmsghdr *message = mnl_nlmsg_put_header(buffer);
        struct ifaddrmsg *header;
        struct in6_addr address;

        message->nlmsg_type = type;
        header = mnl_nlmsg_put_extra_header(message, sizeof(*header));
        header->ifa_family = AF_INET6;
        header->ifa_index = ETH0;
        header->ifa_flags = (uint8_t)flags;
        assert_int_equal(inet_pton(AF_INET6, text, &address), 1);
        mnl_attr_put(message, IFA_ADDRESS, sizeof(address), &address);
        mnl_attr_put_u32(message, IFA_FLAGS, flags);
        return message;
}

/* @local: NULL: none */
static struct nlmsghdr *begin_ipv4(union buffer *buffer, uint16_t type, const char *local,
                                   const char *address, uint8_t prefix_length) {
        struct nlmsghdr *message = mnl_nlmsg_put_header(buffer);
        struct ifaddrmsg *header;
        struct in_addr ipv4;

        message->nlmsg_type = type;
        header = mnl_nlmsg_put_extra_header(message, sizeof(*header));
        header->ifa_family = AF_INET;
        header->ifa_prefixlen = prefix_length;
        header->ifa_index = ETH0;
        assert_int_equal(inet_pton(AF_INET, address, &ipv4), 1);
        mnl_attr_put(message, IFA_ADDRESS, sizeof(ipv4), &ipv4);
        if (local) {
                assert_int_equal(inet_pton(AF_INET, local, &ipv4), 1);
                mnl_attr_put(message, IFA_LOCAL, sizeof(ipv4), &ipv4);
        }
        mnl_attr_put_u32(message, IFA_FLAGS, 0);
        return message;
}

static unsigned vrf_of(unsigned index) {
        const struct link *link = network_find_link(&NETWORK, index);

        assert_non_null(link);
        return link->vrf;
}

/* rtnl_link_fill(): the kind of a link, and the kind of its master as that of the slave. */
static void test_vrf(void **state) {
        union buffer buffer = { 0 };
        struct nlmsghdr *message;

        (void)state;
        message = begin_link(&buffer, RTM_NEWLINK, RED, "red");
        put_nested(message, IFLA_LINKINFO, IFLA_INFO_KIND, "vrf");
        assert_int_equal(message_apply(message, &NETWORK), 1);
        assert_int_equal(vrf_of(RED), RED);

        memset(&buffer, 0, sizeof(buffer));
        message = begin_link(&buffer, RTM_NEWLINK, ETH0, "eth0");
        mnl_attr_put_u32(message, IFLA_MASTER, RED);
        put_nested(message, IFLA_LINKINFO, IFLA_INFO_SLAVE_KIND, "vrf");
        assert_int_equal(message_apply(message, &NETWORK), 1);
        assert_int_equal(vrf_of(ETH0), RED);

        /* It is moved out of the VRF and into a bridge. */
        memset(&buffer, 0, sizeof(buffer));
        message = begin_link(&buffer, RTM_NEWLINK, ETH0, "eth0");
        mnl_attr_put_u32(message, IFLA_MASTER, 7);
        put_nested(message, IFLA_LINKINFO, IFLA_INFO_SLAVE_KIND, "bridge");
        assert_int_equal(message_apply(message, &NETWORK), 1);
        assert_int_equal(vrf_of(ETH0), 0);
}

/* It carries neither the link's master nor its alternative names (rtnetlink_ifinfo_prep()). */
static void test_wireless_event(void **state) {
        static const char EVENT[8];
        union buffer buffer = { 0 };
        struct nlmsghdr *message;

        (void)state;
        message = begin_link(&buffer, RTM_NEWLINK, ETH0, "eth0");
        mnl_attr_put_u32(message, IFLA_MASTER, RED);
        put_nested(message, IFLA_LINKINFO, IFLA_INFO_SLAVE_KIND, "vrf");
        put_nested(message, IFLA_PROP_LIST, IFLA_ALT_IFNAME, "uplink");
        assert_int_equal(message_apply(message, &NETWORK), 1);

        memset(&buffer, 0, sizeof(buffer));
        message = begin_link(&buffer, RTM_NEWLINK, ETH0, "eth0");
        mnl_attr_put(message, IFLA_WIRELESS, sizeof(EVENT), EVENT);
        assert_true(message_apply(message, &NETWORK) >= 0);
        assert_int_equal(vrf_of(ETH0), RED);
        assert_non_null(network_find_name(&NETWORK, "uplink"));
}

/* AF_BRIDGE: a port leaves its bridge. AF_INET6: inet6_fill_ifinfo(). Neither is the link's end. */
static void test_other_families(void **state) {
        static const uint8_t FAMILIES[] = { AF_BRIDGE, AF_INET6 };
        union buffer buffer = { 0 };
        struct nlmsghdr *message;
        struct rtgenmsg *header;

        (void)state;
        message = begin_link(&buffer, RTM_NEWLINK, ETH0, "eth0");
        assert_int_equal(message_apply(message, &NETWORK), 1);
        for (size_t i = 0; i < sizeof(FAMILIES); i++) {
                memset(&buffer, 0, sizeof(buffer));
                message = begin_link(&buffer, RTM_DELLINK, ETH0, "eth0");
                header = mnl_nlmsg_get_payload(message);
                header->rtgen_family = FAMILIES[i];
                assert_int_equal(message_apply(message, &NETWORK), 0);
                assert_non_null(network_find_link(&NETWORK, ETH0));
        }
        header->rtgen_family = AF_UNSPEC;
        assert_int_equal(message_apply(message, &NETWORK), 1);
        assert_null(network_find_link(&NETWORK, ETH0));

        memset(&buffer, 0, sizeof(buffer));
        message = begin_address(&buffer, RTM_NEWADDR, "2001:db8::1", 0);
        header = mnl_nlmsg_get_payload(message);
        header->rtgen_family = AF_BRIDGE;
        assert_int_equal(message_apply(message, &NETWORK), 0);
        assert_int_equal(NETWORK.n_addresses, 0);
}

/* IFA_FLAGS has what the eight bits of ifa_flags cannot hold, and goes before them. */
static void test_flags(void **state) {
        union buffer buffer = { 0 };
        struct nlmsghdr *message;

        (void)state;
        message = begin_address(&buffer, RTM_NEWADDR, "2001:db8::1",
                                IFA_F_TENTATIVE | IFA_F_NOPREFIXROUTE);
        assert_int_equal(message_apply(message, &NETWORK), 1);
        assert_int_equal(NETWORK.addresses[0].flags, IFA_F_TENTATIVE | IFA_F_NOPREFIXROUTE);
        message->nlmsg_type = RTM_DELADDR;
        assert_int_equal(message_apply(message, &NETWORK), 1);
        assert_int_equal(NETWORK.n_addresses, 0);
        assert_int_equal(message_apply(message, &NETWORK), 0);
}

static int apply_ipv4(uint16_t type, const char *local, const char *address,
                      uint8_t prefix_length) {
        union buffer buffer = { 0 };

        return message_apply(begin_ipv4(&buffer, type, local, address, prefix_length), &NETWORK);
}

static bool has_ipv4(const char *mapped) {
        struct in6_addr address;
        size_t position;

        assert_int_equal(inet_pton(AF_INET6, mapped, &address), 1);
        position = network_find_addresses(&NETWORK, &address);
        return position < NETWORK.n_addresses &&
               IN6_ARE_ADDR_EQUAL(&NETWORK.addresses[position].address, &address);
}

/* With a peer IFA_ADDRESS is the peer's. A link may hold an address in several subnets. */
static void test_ipv4(void **state) {
        (void)state;
        assert_int_equal(apply_ipv4(RTM_NEWADDR, "192.0.2.1", "192.0.2.1", 24), 1);
        assert_int_equal(apply_ipv4(RTM_NEWADDR, "192.0.2.1", "198.51.100.1", 32), 1);
        assert_int_equal(apply_ipv4(RTM_NEWADDR, "192.0.2.1", "192.0.2.1", 32), 1);
        assert_int_equal(apply_ipv4(RTM_NEWADDR, "192.0.2.1", "192.0.2.1", 32), 1);
        assert_int_equal(NETWORK.n_addresses, 3);
        assert_true(has_ipv4("::ffff:192.0.2.1"));
        assert_false(has_ipv4("::ffff:198.51.100.1"));
        assert_int_equal(apply_ipv4(RTM_DELADDR, "192.0.2.1", "192.0.2.1", 24), 1);
        assert_int_equal(apply_ipv4(RTM_DELADDR, "192.0.2.1", "192.0.2.1", 24), 0);
        assert_int_equal(apply_ipv4(RTM_DELADDR, "192.0.2.1", "192.0.2.1", 32), 1);
        assert_true(has_ipv4("::ffff:192.0.2.1"));
        assert_int_equal(apply_ipv4(RTM_DELADDR, "192.0.2.1", "198.51.100.1", 32), 1);
        assert_int_equal(NETWORK.n_addresses, 0);
        assert_int_equal(apply_ipv4(RTM_NEWADDR, NULL, "192.0.2.2", 24), 1);
        assert_true(has_ipv4("::ffff:192.0.2.2"));
}

/* The address may have been assigned just before bind() was asked (dump.h). */
static void test_ipv4_without_a_link(void **state) {
        struct assigned local = { .index = 0 };

        (void)state;
        assert_int_equal(inet_pton(AF_INET6, "::ffff:192.0.2.1", &local.address), 1);
        assert_int_equal(network_set_address(&NETWORK, &local), 1);
        assert_int_equal(apply_ipv4(RTM_DELADDR, "192.0.2.2", "192.0.2.2", 24), 0);
        assert_true(has_ipv4("::ffff:192.0.2.1"));
        assert_int_equal(apply_ipv4(RTM_DELADDR, "192.0.2.1", "192.0.2.1", 24), 1);
        assert_false(has_ipv4("::ffff:192.0.2.1"));
}

/* An address of the length of the other family is none. */
static void test_length_of_addresses(void **state) {
        union buffer buffer = { 0 };
        struct nlmsghdr *message = begin_address(&buffer, RTM_NEWADDR, "2001:db8::1", 0);
        struct ifaddrmsg *header = mnl_nlmsg_get_payload(message);

        (void)state;
        header->ifa_family = AF_INET;
        assert_int_equal(message_apply(message, &NETWORK), 0);
        memset(&buffer, 0, sizeof(buffer));
        message = begin_ipv4(&buffer, RTM_NEWADDR, "192.0.2.1", "192.0.2.1", 24);
        header = mnl_nlmsg_get_payload(message);
        header->ifa_family = AF_INET6;
        assert_int_equal(message_apply(message, &NETWORK), 0);
        assert_int_equal(NETWORK.n_addresses, 0);
}

/* Cut short at any byte, a message is left aside or taken, and nothing is read behind it. */
static void test_cut_short(void **state) {
        union buffer whole = { 0 };
        uint32_t length;

        (void)state;
        for (unsigned i = 0; i < 3; i++) {
                memset(&whole, 0, sizeof(whole));
                if (i == 0)
                        put_nested(begin_link(&whole, RTM_NEWLINK, ETH0, "eth0"), IFLA_LINKINFO,
                                   IFLA_INFO_KIND, "vrf");
                else if (i == 1)
                        (void)begin_address(&whole, RTM_NEWADDR, "2001:db8::1", 0);
                else
                        (void)begin_ipv4(&whole, RTM_NEWADDR, "192.0.2.1", "192.0.2.1", 24);
                length = whole.header.nlmsg_len;
                for (uint32_t cut = NLMSG_HDRLEN; cut < length; cut++) {
                        /* libmnl reads the padding too (mnl_nlmsg_get_payload_tail()). */
                        struct nlmsghdr *message = calloc(1, NLMSG_ALIGN(cut));

                        assert_non_null(message);
                        memcpy(message, &whole, cut);
                        message->nlmsg_len = cut;
                        assert_true(message_apply(message, &NETWORK) >= 0);
                        free(message);
                }
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_vrf, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_wireless_event, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_other_families, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_flags, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_ipv4, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_ipv4_without_a_link, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_length_of_addresses, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_cut_short, set_up, tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
