/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/address-status.h"

#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LO = 1, ETH0, ETH1, RED, BLUE, RED0, BLUE0, DOWN0, OTHER, NINE };

/* Two VRFs with a link each, links outside, one without carrier, one called like another's index.
 */
static void add_links(struct network *network) {
        static const struct {
                struct link link;
                const char *name;
        } LINKS[] = {
                { { .index = LO, .running = true }, "lo" },
                { { .index = ETH0, .running = true }, "eth0" },
                { { .index = ETH1, .running = true }, "eth1" },
                { { .index = RED, .running = true, .vrf = RED }, "red" },
                { { .index = BLUE, .running = true, .vrf = BLUE }, "blue" },
                { { .index = RED0, .running = true, .vrf = RED }, "red0" },
                { { .index = BLUE0, .running = true, .vrf = BLUE }, "blue0" },
                { { .index = DOWN0 }, "down0" },
                { { .index = OTHER, .running = true }, "eth2" },
                { { .index = NINE, .running = true }, "9" },
        };

        for (size_t i = 0; i < sizeof(LINKS) / sizeof(LINKS[0]); i++)
                assert_int_equal(network_set_link(network, &LINKS[i].link, LINKS[i].name), 0);
        assert_int_equal(network_add_name(network, ETH0, "uplink"), 0);
}

struct holder {
        const char *address;
        unsigned index;
        uint32_t flags;
};

static void add_address(struct network *network, const struct holder *holder) {
        struct assigned assigned = { .index = holder->index, .flags = holder->flags };

        assert_int_equal(inet_pton(AF_INET6, holder->address, &assigned.address), 1);
        assert_true(network_set_address(network, &assigned) >= 0);
}

/* Judges a pattern on the links above and some addresses. */
static struct address_status status_of(const char *text, unsigned bound_index, bool nonlocal_bind,
                                       const struct holder *holders, size_t n_holders) {
        struct pattern pattern;
        struct network network = { .patterns = &pattern,
                                   .n_patterns = 1,
                                   .bound_index = bound_index,
                                   .nonlocal_bind = nonlocal_bind ? ADDRESS_IPV6 : 0 };
        struct address_status ret;

        assert_int_equal(pattern_parse(text, &pattern), 0);
        add_links(&network);
        for (size_t i = 0; i < n_holders; i++)
                add_address(&network, &holders[i]);
        ret = address_status(&pattern, &network);
        network_done(&network);
        return ret;
}

struct example {
        const char *pattern;
        struct holder holders[3];
        enum address_state state;
        unsigned index;
        unsigned bound_index;
        bool nonlocal_bind; /* of IPv6 */
};

static void check(const struct example *examples, size_t n_examples) {
        for (size_t i = 0; i < n_examples; i++) {
                const struct example *example = &examples[i];
                struct address_status found;
                size_t n_holders = 0;

                while (n_holders < 3 && example->holders[n_holders].address)
                        n_holders++;
                found = status_of(example->pattern, example->bound_index, example->nonlocal_bind,
                                  example->holders, n_holders);
                if (found.state != example->state || found.index != example->index)
                        fail_msg("example %zu, %s: %s on link %u", i, example->pattern,
                                 address_state_name(found.state), found.index);
        }
}

#define CHECK(examples) check(examples, sizeof(examples) / sizeof((examples)[0]))

#define ONE "2001:db8::1"
#define DAD IFA_F_TENTATIVE

static void test_exact(void **state) {
        static const struct example EXAMPLES[] = {
                { ONE, {}, STATE_ABSENT, 0, 0, false },
                { ONE, { { ONE, ETH0, 0 } }, STATE_READY, ETH0, 0, false },
                { ONE,
                  { { ONE, ETH0, IFA_F_PERMANENT | IFA_F_NODAD } },
                  STATE_READY,
                  ETH0,
                  0,
                  false },
                { ONE, { { ONE, ETH0, IFA_F_DEPRECATED } }, STATE_READY, ETH0, 0, false },
                { ONE, { { ONE, ETH0, IFA_F_TEMPORARY } }, STATE_READY, ETH0, 0, false },
                { ONE, { { ONE, ETH0, DAD } }, STATE_TENTATIVE, ETH0, 0, false },
                { ONE, { { ONE, ETH0, DAD | IFA_F_TEMPORARY } }, STATE_TENTATIVE, ETH0, 0, false },
                { ONE, { { ONE, ETH0, DAD | IFA_F_OPTIMISTIC } }, STATE_READY, ETH0, 0, false },
                { ONE, { { ONE, ETH0, DAD | IFA_F_DADFAILED } }, STATE_DADFAILED, ETH0, 0, false },
                { ONE, { { ONE, DOWN0, DAD } }, STATE_NO_CARRIER, DOWN0, 0, false },
                { ONE, { { ONE, DOWN0, 0 } }, STATE_READY, DOWN0, 0, false },
                { ONE,
                  { { ONE, DOWN0, DAD | IFA_F_DADFAILED } },
                  STATE_DADFAILED,
                  DOWN0,
                  0,
                  false },
                { ONE, { { "2001:db8::2", ETH0, 0 } }, STATE_ABSENT, 0, 0, false },
                { ONE, { { ONE, ETH0, DAD }, { ONE, ETH1, 0 } }, STATE_READY, ETH1, 0, false },
                { ONE, { { ONE, ETH0, 0 }, { ONE, ETH1, DAD } }, STATE_READY, ETH0, 0, false },
                { ONE,
                  { { ONE, ETH0, DAD | IFA_F_DADFAILED }, { ONE, ETH1, DAD } },
                  STATE_TENTATIVE,
                  ETH1,
                  0,
                  false },
                { ONE,
                  { { ONE, DOWN0, DAD }, { ONE, ETH1, DAD } },
                  STATE_TENTATIVE,
                  ETH1,
                  0,
                  false },
                { ONE,
                  { { ONE, DOWN0, DAD }, { ONE, ETH1, DAD | IFA_F_DADFAILED } },
                  STATE_NO_CARRIER,
                  DOWN0,
                  0,
                  false },
        };

        (void)state;
        CHECK(EXAMPLES);
}

static void test_exact_with_interface(void **state) {
        static const struct example EXAMPLES[] = {
                { ONE "%eth1", { { ONE, ETH0, 0 } }, STATE_ABSENT, ETH1, 0, false },
                { ONE "%eth1",
                  { { ONE, ETH0, 0 }, { ONE, ETH1, DAD } },
                  STATE_TENTATIVE,
                  ETH1,
                  0,
                  false },
                { ONE "%none0", { { ONE, ETH0, 0 } }, STATE_NO_INTERFACE, 0, 0, false },
                { "fe80::1%uplink", { { "fe80::1", ETH0, 0 } }, STATE_READY, ETH0, 0, false },
                { "fe80::1%2", { { "fe80::1", ETH0, 0 } }, STATE_READY, ETH0, 0, false },
                { "fe80::1%3", { { "fe80::1", ETH0, 0 } }, STATE_ABSENT, ETH1, 0, false },
                { "fe80::1%9", { { "fe80::1", NINE, 0 } }, STATE_READY, NINE, 0, false },
                { "fe80::1%9x", { { "fe80::1", OTHER, 0 } }, STATE_NO_INTERFACE, 0, 0, false },
                { "fe80::1%99", { { "fe80::1", ETH0, 0 } }, STATE_NO_INTERFACE, 0, 0, false },
                { "fe80::1", { { "fe80::1", ETH1, 0 } }, STATE_READY, ETH1, 0, false },
                { ONE, { { ONE, 77, DAD } }, STATE_TENTATIVE, 77, 0, false },
        };

        (void)state;
        CHECK(EXAMPLES);
}

static void test_prefix(void **state) {
        static const struct example EXAMPLES[] = {
                { "any", {}, STATE_READY, 0, 0, false },
                { "any", { { ONE, ETH0, 0 } }, STATE_READY, 0, 0, false },
                { "any",
                  { { ONE, ETH0, 0 }, { "fe80::1", ETH1, DAD } },
                  STATE_TENTATIVE,
                  ETH1,
                  0,
                  false },
                { "any", { { ONE, ETH0, DAD | IFA_F_DADFAILED } }, STATE_READY, 0, 0, false },
                { "any", { { ONE, ETH0, DAD | IFA_F_OPTIMISTIC } }, STATE_READY, 0, 0, false },
                { "any", { { ONE, DOWN0, DAD } }, STATE_READY, 0, 0, false },
                { "any",
                  { { ONE, DOWN0, DAD }, { ONE, ETH0, DAD } },
                  STATE_TENTATIVE,
                  ETH0,
                  0,
                  false },
                { "any%eth0", { { ONE, ETH1, DAD } }, STATE_READY, ETH0, 0, false },
                { "any%eth1", { { ONE, ETH1, DAD } }, STATE_TENTATIVE, ETH1, 0, false },
                { "any%none0", { { ONE, ETH1, DAD } }, STATE_READY, 0, 0, false },
                { "2001:db8::/64", { { ONE, ETH0, DAD } }, STATE_TENTATIVE, ETH0, 0, false },
                { "2001:db8::/64", { { "2001:db8:0:1::1", ETH0, DAD } }, STATE_READY, 0, 0, false },
                { "2001:db8::1/128", {}, STATE_READY, 0, 0, false },
                { "2001:db8::1/128", { { ONE, ETH0, DAD } }, STATE_TENTATIVE, ETH0, 0, false },
                { "2001:db8::/64%eth1",
                  { { ONE, ETH0, DAD }, { "2001:db8::2", ETH1, 0 } },
                  STATE_READY,
                  ETH1,
                  0,
                  false },
                { "any", { { ONE, RED0, DAD } }, STATE_READY, 0, 0, false },
                { "any", { { ONE, RED0, DAD } }, STATE_TENTATIVE, RED0, RED, false },
        };

        (void)state;
        CHECK(EXAMPLES);
}

/* What __ipv6_chk_addr_and_flags() does with l3mdev_master_dev_rcu(). */
static void test_vrf(void **state) {
        static const struct example EXAMPLES[] = {
                { ONE, { { ONE, RED0, 0 } }, STATE_OTHER_VRF, RED0, 0, false },
                { ONE, { { ONE, RED, 0 } }, STATE_OTHER_VRF, RED, 0, false },
                { ONE, { { ONE, RED0, 0 } }, STATE_READY, RED0, RED, false },
                { ONE, { { ONE, RED, 0 } }, STATE_READY, RED, RED, false },
                { ONE, { { ONE, RED0, 0 } }, STATE_READY, RED0, RED0, false },
                { ONE, { { ONE, RED0, DAD } }, STATE_TENTATIVE, RED0, RED, false },
                { ONE, { { ONE, RED0, 0 } }, STATE_OTHER_VRF, RED0, BLUE, false },
                { ONE, { { ONE, ETH0, 0 } }, STATE_OTHER_VRF, ETH0, RED, false },
                { ONE, { { ONE, ETH0, 0 } }, STATE_READY, ETH0, ETH1, false },
                { ONE,
                  { { ONE, RED0, 0 }, { ONE, BLUE0, DAD } },
                  STATE_TENTATIVE,
                  BLUE0,
                  BLUE,
                  false },
                { ONE "%red0", { { ONE, RED0, 0 } }, STATE_OTHER_VRF, RED0, 0, false },
                { "fe80::1%red0", { { "fe80::1", RED0, 0 } }, STATE_READY, RED0, 0, false },
                { "fe80::1%red0", { { "fe80::1", RED0, 0 } }, STATE_READY, RED0, BLUE, false },
                { "fe80::1", { { "fe80::1", RED0, 0 } }, STATE_OTHER_VRF, RED0, 0, false },
        };

        (void)state;
        CHECK(EXAMPLES);
}

static void test_nonlocal_bind(void **state) {
        static const struct example EXAMPLES[] = {
                { ONE, {}, STATE_READY, 0, 0, true },
                { ONE, { { ONE, ETH0, DAD } }, STATE_READY, 0, 0, true },
                { ONE, { { ONE, ETH0, DAD | IFA_F_DADFAILED } }, STATE_READY, 0, 0, true },
                { ONE, { { ONE, RED0, 0 } }, STATE_READY, 0, 0, true },
                { ONE "%eth0", {}, STATE_READY, ETH0, 0, true },
                { "fe80::1%none0", {}, STATE_NO_INTERFACE, 0, 0, true },
                { "any", { { ONE, ETH0, DAD } }, STATE_READY, 0, 0, true },
                { "any%none0", { { ONE, ETH0, DAD } }, STATE_READY, 0, 0, true },
        };

        (void)state;
        CHECK(EXAMPLES);
}

static void test_needs_no_waiting(void **state) {
        static const struct example EXAMPLES[] = {
                { "::1", {}, STATE_READY, 0, 0, false },
                { "::", {}, STATE_READY, 0, 0, false },
                { "ff02::1%none0", {}, STATE_READY, 0, 0, false },
                { "127.0.0.1", {}, STATE_READY, 0, 0, false },
                { "0.0.0.0%none0", {}, STATE_READY, 0, 0, false },
                { "255.255.255.255", {}, STATE_READY, 0, 0, false },
        };

        (void)state;
        CHECK(EXAMPLES);
}

/* Flags do not matter, nor whether the link is up: what is assigned can be bound. */
static void test_ipv4(void **state) {
        static const struct example EXAMPLES[] = {
                { "192.0.2.1", {}, STATE_ABSENT, 0, 0, false },
                { "192.0.2.1", {}, STATE_ABSENT, 0, 0, true },
                { "192.0.2.1", { { "::ffff:192.0.2.1", 2, 0 } }, STATE_READY, 2, 0, false },
                { "192.0.2.1",
                  { { "::ffff:192.0.2.1", 2, DAD | IFA_F_DADFAILED } },
                  STATE_READY,
                  2,
                  0,
                  false },
                { "192.0.2.1", { { "::ffff:192.0.2.1", 3, DAD } }, STATE_READY, 3, 0, false },
                { "192.0.2.1", { { "::ffff:192.0.2.2", 2, 0 } }, STATE_ABSENT, 0, 0, false },
                { "192.0.2.1%eth0", { { "::ffff:192.0.2.1", 2, 0 } }, STATE_READY, 2, 0, false },
                { "192.0.2.1%eth0", { { "::ffff:192.0.2.1", 3, 0 } }, STATE_ABSENT, 2, 0, false },
                { "192.0.2.1%none0", {}, STATE_NO_INTERFACE, 0, 0, false },
                /* bind() has accepted it. */
                { "192.0.2.1", { { "::ffff:192.0.2.1", 0, 0 } }, STATE_READY, 0, 4, false },
                { "192.0.2.0/24", { { "::ffff:192.0.2.1", 2, DAD } }, STATE_READY, 0, 0, false },
                { "any-ipv4%none0", {}, STATE_READY, 0, 0, false },
                /* "any" is of IPv6 only, and goes on behind the IPv4 addresses. */
                { "any", { { "::ffff:192.0.2.1", 2, DAD } }, STATE_READY, 0, 0, false },
                { "any",
                  { { "::ffff:192.0.2.1", 2, 0 }, { ONE, 2, DAD } },
                  STATE_TENTATIVE,
                  2,
                  0,
                  false },
        };

        (void)state;
        CHECK(EXAMPLES);
}

/* Each family has a sysctl of its own; without IPv6 there may be IPv4 all the same. */
static void test_families(void **state) {
        struct pattern ipv4, ipv6, any;
        struct network network = { .nonlocal_bind = ADDRESS_IPV4 };

        (void)state;
        assert_int_equal(pattern_parse("192.0.2.1", &ipv4), 0);
        assert_int_equal(pattern_parse(ONE, &ipv6), 0);
        assert_int_equal(pattern_parse("any", &any), 0);
        assert_int_equal(address_status(&ipv4, &network).state, STATE_READY);
        assert_int_equal(address_status(&ipv6, &network).state, STATE_ABSENT);
        network.nonlocal_bind = ADDRESS_IPV6;
        assert_int_equal(address_status(&ipv4, &network).state, STATE_ABSENT);
        assert_int_equal(address_status(&ipv6, &network).state, STATE_READY);
        network = (struct network){ .lacks_ipv6 = true };
        assert_int_equal(address_status(&ipv4, &network).state, STATE_ABSENT);
        assert_int_equal(address_status(&ipv6, &network).state, STATE_NO_IPV6);
        assert_int_equal(address_status(&any, &network).state, STATE_NO_IPV6);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_exact),         cmocka_unit_test(test_exact_with_interface),
                cmocka_unit_test(test_prefix),        cmocka_unit_test(test_vrf),
                cmocka_unit_test(test_nonlocal_bind), cmocka_unit_test(test_needs_no_waiting),
                cmocka_unit_test(test_ipv4),          cmocka_unit_test(test_families),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
