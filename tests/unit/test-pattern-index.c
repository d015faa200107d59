/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The index, and the network that is sorted with it, against the plain definitions: each pattern
 * with each address.
 */

#include "network/network.h"

#include <linux/if_addr.h>
#include <stdlib.h>
#include <string.h>

#include "network/address-status.h"
#include "unit.h"

enum { N_ROUNDS = 2000, N_MAX = 60, N_LINKS = 3 };

static unsigned below(unsigned limit) {
        return (unsigned)random() % limit;
}

/* Few bits differ, at any place, so that prefixes of any length cover some and not others. */
static struct in6_addr random_address(void) {
        struct in6_addr address = { .s6_addr = { 0x20, 0x01, 0x0d, 0xb8 } };

        if (below(4) == 0)
                address = (struct in6_addr){ .s6_addr = { [10] = 0xff, [11] = 0xff, 192, 0, 2 } };
        for (unsigned i = below(4); i > 0; i--)
                address.s6_addr[below(sizeof(address))] ^= (uint8_t)(1U << below(8));
        return address;
}

static struct pattern random_pattern(void) {
        static const uint8_t LENGTHS[] = { 0, 1, 15, 16, 33, 64, 65, 95, 96, 97, 120, 127, 128 };
        struct pattern pattern = { .address = random_address(), .prefix_length = 128 };

        pattern.is_prefix = below(2);
        if (pattern.is_prefix)
                pattern.prefix_length =
                        below(2) ? LENGTHS[below(sizeof(LENGTHS))] : (uint8_t)below(129);
        pattern_clear_host_bits(&pattern.address, pattern.prefix_length);
        if (below(3) == 0)
                pattern.interface[0] = (char)('1' + below(N_LINKS));
        return pattern;
}

/* Bit by bit, as RFC 4291 has it, and not as pattern_covers() does it. What covers more than
 * ::ffff:0:0/96 is an IPv6 prefix. */
static bool covers(const struct pattern *pattern, const struct in6_addr *address) {
        if (IN6_IS_ADDR_V4MAPPED(address) && !pattern_is_ipv4(pattern))
                return false;
        for (unsigned i = 0; i < pattern->prefix_length; i++)
                if ((pattern->address.s6_addr[i / 8] ^ address->s6_addr[i / 8]) & 0x80 >> i % 8)
                        return false;
        return true;
}

static void test_marks(void **state) {
        size_t n_covered = 0;

        (void)state;
        for (unsigned round = 0; round < N_ROUNDS; round++) {
                struct pattern patterns[N_MAX];
                struct pattern_index index = { 0 };
                size_t n_patterns;

                srandom(round);
                n_patterns = below(N_MAX);
                for (size_t i = 0; i < n_patterns; i++)
                        patterns[i] =
                                below(4) && i > 0 ? patterns[below((unsigned)i)] : random_pattern();
                assert_int_equal(pattern_index_build(&index, patterns, n_patterns), 0);
                for (unsigned i = 0; i < 20; i++) {
                        struct in6_addr address = random_address();
                        bool marks[N_MAX] = { false };
                        bool any;

                        if (n_patterns > 0 && below(2))
                                address = patterns[below((unsigned)n_patterns)].address;
                        any = pattern_index_mark(&index, &address, marks);
                        for (size_t j = 0; j < n_patterns; j++) {
                                assert_int_equal(marks[j], covers(&patterns[j], &address));
                                assert_int_equal(pattern_covers(&patterns[j], &address), marks[j]);
                                n_covered += marks[j];
                        }
                        assert_int_equal(any, memchr(marks, true, sizeof(marks)) != NULL);
                }
                pattern_index_done(&index);
        }
        assert_true(n_covered > N_ROUNDS);
}

/* What is assigned, in no order: for each address, on which links and with which flags. */
struct plain {
        struct assigned addresses[N_MAX];
        size_t n_addresses;
};

static struct assigned *find_plain(struct plain *plain, const struct assigned *assigned) {
        for (size_t i = 0; i < plain->n_addresses; i++)
                if (plain->addresses[i].index == assigned->index &&
                    plain->addresses[i].subnet == assigned->subnet &&
                    plain->addresses[i].subnet_length == assigned->subnet_length &&
                    IN6_ARE_ADDR_EQUAL(&plain->addresses[i].address, &assigned->address))
                        return &plain->addresses[i];
        return NULL;
}

static void set_both(struct network *network, struct plain *plain) {
        static const uint32_t FLAGS[] = { 0, IFA_F_TENTATIVE, IFA_F_TENTATIVE | IFA_F_DADFAILED };
        struct assigned assigned = { .address = random_address(),
                                     .index = 1 + below(N_LINKS),
                                     .flags = FLAGS[below(3)] };
        struct assigned *known;

        if (plain->n_addresses > 0 && below(2))
                assigned.address = plain->addresses[below((unsigned)plain->n_addresses)].address;
        if (IN6_IS_ADDR_V4MAPPED(&assigned.address)) {
                assigned.subnet = below(2);
                assigned.subnet_length = (uint8_t)below(2);
        }
        known = find_plain(plain, &assigned);
        if (!known && plain->n_addresses == N_MAX)
                return;
        if (!known)
                known = &plain->addresses[plain->n_addresses++];
        *known = assigned;
        assert_true(network_set_address(network, &assigned) >= 0);
}

static void remove_both(struct network *network, struct plain *plain) {
        struct assigned gone;
        size_t i;

        if (plain->n_addresses == 0)
                return;
        i = below((unsigned)plain->n_addresses);
        gone = plain->addresses[i];
        plain->addresses[i] = plain->addresses[--plain->n_addresses];
        (void)network_remove_address(network, &gone);
        assert_false(network_remove_address(network, &gone));
}

static void set_link(struct network *network, unsigned index) {
        const char name[] = { (char)('0' + index), '\0' };

        assert_int_equal(
                network_set_link(network, &(struct link){ .index = index, .running = true }, name),
                0);
}

static void remove_link_of_both(struct network *network, struct plain *plain) {
        unsigned index = 1 + below(N_LINKS);
        size_t kept = 0;

        network_remove_link(network, index);
        for (size_t i = 0; i < plain->n_addresses; i++)
                if (plain->addresses[i].index != index)
                        plain->addresses[kept++] = plain->addresses[i];
        plain->n_addresses = kept;
        set_link(network, index);
}

/* A dump, perhaps after a loss: all again, in any order, some of them twice. */
static void dump_both(struct network *network, struct plain *plain) {
        if (below(2)) {
                network_forget(network);
                for (unsigned i = 1; i <= N_LINKS; i++)
                        set_link(network, i);
        }
        network_begin_dump(network);
        for (unsigned i = below(2 * N_MAX); i > 0 && plain->n_addresses > 0; i--)
                assert_true(network_set_address(
                                    network,
                                    &plain->addresses[below((unsigned)plain->n_addresses)]) >= 0);
        for (size_t i = 0; i < plain->n_addresses; i++)
                assert_true(network_set_address(network, &plain->addresses[i]) >= 0);
        network_end_dump(network);
        assert_int_equal(network->n_sorted, network->n_addresses);
        assert_true(network->n_addresses <= plain->n_addresses);
}

static bool counts(const struct pattern *pattern, const struct assigned *assigned) {
        return covers(pattern, &assigned->address) &&
               (!pattern->interface[0] ||
                assigned->index == (unsigned)(pattern->interface[0] - '0'));
}

/* Of several holders of an exact address the best; of a prefix any that undergoes DAD. */
static enum address_state plain_state(const struct pattern *pattern, const struct plain *plain) {
        enum address_state best = pattern->is_prefix ? STATE_READY : STATE_ABSENT;

        for (size_t i = 0; i < plain->n_addresses; i++) {
                uint32_t flags = plain->addresses[i].flags;
                enum address_state state = pattern_is_ipv4(pattern)  ? STATE_READY
                                           : flags & IFA_F_DADFAILED ? STATE_DADFAILED
                                           : flags & IFA_F_TENTATIVE ? STATE_TENTATIVE
                                                                     : STATE_READY;

                if (!counts(pattern, &plain->addresses[i]))
                        continue;
                if (pattern->is_prefix ? state == STATE_TENTATIVE : state < best)
                        best = state;
        }
        return best;
}

static void update_changed(const struct network *network, enum address_state *states,
                           size_t n_patterns) {
        for (size_t i = network_next_change(network, 0); i < n_patterns;
             i = network_next_change(network, i + 1))
                states[i] = address_status(&network->patterns[i], network).state;
}

/* Only the states that a change may matter to are updated, and yet every one is right. */
static void test_changes(void **state) {
        size_t n_spared = 0, seen[STATE_UNKNOWN + 1] = { 0 };

        (void)state;
        for (unsigned round = 0; round < N_ROUNDS; round++) {
                struct pattern patterns[N_MAX];
                enum address_state states[N_MAX] = { STATE_READY };
                struct network network = { .patterns = patterns };
                struct plain plain = { 0 };

                srandom(round);
                network.n_patterns = 1 + below(N_MAX - 1);
                for (size_t i = 0; i < network.n_patterns; i++)
                        patterns[i] = random_pattern();
                for (unsigned i = 1; i <= N_LINKS; i++)
                        set_link(&network, i);

                for (unsigned step = 0; step < 60; step++) {
                        unsigned what = below(40);

                        if (what == 0)
                                remove_link_of_both(&network, &plain);
                        else if (what == 1)
                                dump_both(&network, &plain);
                        else if (what < 12)
                                remove_both(&network, &plain);
                        else
                                set_both(&network, &plain);
                        if (below(3) == 0) /* several changes, one update */
                                continue;
                        n_spared += network_next_change(&network, 0) == network.n_patterns;
                        update_changed(&network, states, network.n_patterns);
                        network_forget_changes(&network);
                        assert_int_equal(network_next_change(&network, 0), network.n_patterns);
                        for (size_t i = 0; i < network.n_patterns; i++) {
                                enum address_state right = plain_state(&patterns[i], &plain);

                                seen[right]++;
                                if (!pattern_needs_no_waiting(&patterns[i]))
                                        assert_int_equal(states[i], right);
                        }
                }
                network_done(&network);
        }
        assert_true(n_spared > 100);
        assert_true(seen[STATE_READY] > 100 && seen[STATE_TENTATIVE] > 100 &&
                    seen[STATE_DADFAILED] > 100 && seen[STATE_ABSENT] > 100);
}

/* What concerns every pattern: links, the sysctl, the link that sockets are bound to, a loss. */
static void test_changes_that_matter_to_all(void **state) {
        struct pattern patterns[3];
        struct network network = { .patterns = patterns, .n_patterns = 3 };

        (void)state;
        for (size_t i = 0; i < 3; i++)
                assert_int_equal(pattern_parse("2001:db8::1", &patterns[i]), 0);
        for (unsigned i = 0; i < 9; i++) {
                assert_int_equal(network_next_change(&network, 0), 0);
                assert_int_equal(network_next_change(&network, 2), 2);
                network_forget_changes(&network);
                assert_int_equal(network_next_change(&network, 0), 3);
                if (i == 0)
                        assert_int_equal(
                                network_set_link(&network, &(struct link){ .index = 1 }, "lo"), 0);
                else if (i == 1)
                        assert_int_equal(network_add_name(&network, 1, "loop"), 0);
                else if (i == 2)
                        network_remove_link(&network, 1);
                else if (i == 3)
                        assert_true(network_set_nonlocal_bind(&network, ADDRESS_IPV6));
                else if (i == 4)
                        network_set_bound_index(&network, 1);
                else if (i == 5)
                        assert_true(network_set_nonlocal_bind(&network, ADDRESS_IPV4));
                else if (i == 6)
                        network_set_lacks_ipv6(&network);
                else
                        network_forget(&network);
        }
        network_forget_changes(&network);
        assert_false(network_set_nonlocal_bind(&network, ADDRESS_IPV4));
        assert_int_equal(network_next_change(&network, 0), 3);
        network_done(&network);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_marks),
                cmocka_unit_test(test_changes),
                cmocka_unit_test(test_changes_that_matter_to_all),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
