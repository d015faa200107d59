/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/target.h"

#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pattern parsed(const char *text) {
        struct pattern pattern;

        assert_int_equal(pattern_parse(text, &pattern), 0);
        return pattern;
}

static void set_address(struct network *network, const char *address, uint32_t flags) {
        struct assigned assigned = { .index = 2, .flags = flags };

        assert_int_equal(inet_pton(AF_INET6, address, &assigned.address), 1);
        assert_true(network_set_address(network, &assigned) >= 0);
}

/* As wait.c does. */
static size_t update(struct target *targets, size_t n_targets, struct network *network) {
        size_t pending = target_update(targets, n_targets, network,
                                       target_count_pending(targets, n_targets));

        network_forget_changes(network);
        assert_int_equal(pending, target_count_pending(targets, n_targets));
        return pending;
}

static void test_pending(void **state) {
        const struct pattern patterns[] = { parsed("2001:db8::1"), parsed("2001:db8::2") };
        struct target targets[] = { { .pattern = patterns[0] }, { .pattern = patterns[1] } };
        struct network network = { .patterns = patterns, .n_patterns = 2 };

        (void)state;
        assert_int_equal(update(targets, 2, &network), 2);

        set_address(&network, "2001:db8::1", IFA_F_TENTATIVE);
        assert_int_equal(update(targets, 2, &network), 2);
        assert_true(target_is_pending(&targets[0]));
        assert_false(target_is_absent(&targets[0]));
        assert_true(target_is_absent(&targets[1]));

        set_address(&network, "2001:db8::1", 0);
        assert_int_equal(update(targets, 2, &network), 1);
        assert_false(target_is_pending(&targets[0]));

        set_address(&network, "2001:db8::2", IFA_F_TENTATIVE | IFA_F_DADFAILED);
        assert_int_equal(update(targets, 2, &network), 0);
        network_done(&network);
}

/* On a machine with thousands of addresses it keeps the few that a pattern covers. */
static void test_others_are_left_aside(void **state) {
        const struct pattern pattern = parsed("2001:db8::/127");
        struct network network = { .patterns = &pattern, .n_patterns = 1 };

        (void)state;
        set_address(&network, "2001:db8::2", 0);
        assert_int_equal(network.n_addresses, 0);
        set_address(&network, "2001:db8::1", 0);
        set_address(&network, "2001:db8::1", IFA_F_DEPRECATED);
        assert_int_equal(network.n_addresses, 1);
        network_done(&network);
}

/* Told once for each time that it comes about. */
static void test_reported(void **state) {
        const struct pattern pattern = parsed("2001:db8::1");
        struct target target = { .pattern = pattern };
        struct network network = { .patterns = &pattern, .n_patterns = 1 };

        (void)state;
        set_address(&network, "2001:db8::1", IFA_F_TENTATIVE | IFA_F_DADFAILED);
        update(&target, 1, &network);
        target.reported = true;
        update(&target, 1, &network);
        assert_true(target.reported);

        set_address(&network, "2001:db8::1", IFA_F_TENTATIVE);
        assert_int_equal(update(&target, 1, &network), 1);
        assert_false(target.reported);
        network_done(&network);
}

static void test_already_timed_out(void **state) {
        const struct pattern patterns[] = { parsed("2001:db8::1"), parsed("fe80::1%none0") };
        struct target targets[] = { { .pattern = patterns[0], .already_timed_out = true },
                                    { .pattern = patterns[1], .already_timed_out = true } };
        struct network network = { .patterns = patterns, .n_patterns = 2 };

        (void)state;
        assert_int_equal(update(targets, 2, &network), 0);
        set_address(&network, "2001:db8::1", IFA_F_TENTATIVE);
        assert_int_equal(update(targets, 2, &network), 1);
        network_done(&network);
}

/*
 * The property: whatever was lost, and in whatever order the rest came, after a resync the
 * statuses are those on the final state.
 *
 * A world of a few links and addresses goes through random changes, each of which is an event. The
 * network is told of it the way wait.c does: at some time events are lost and it forgets; some
 * dumps come that lack entries, since the world changed under them; then one that lacks nothing.
 * Between dumps, and after, it reads the queue of events, which starts before the first dump.
 */

enum { N_LINKS = 5, N_ADDRESSES = 4, N_CHANGES = 40, N_ROUNDS = 20000 };

static const char *const PATTERNS[] = {
        "2001:db8::1",     "2001:db8::2", "2001:db8::1%a", "2001:db8::3%b",
        "fe80::1%a",       "fe80::1%d",   "2001:db8::1%3", "2001:db8::/64",
        "2001:db8::/64%b", "any",         "any%c",         "2001:db8::2/127",
};
enum { N_PATTERNS = sizeof(PATTERNS) / sizeof(PATTERNS[0]) };

static const char *const ADDRESSES[N_ADDRESSES] = { "2001:db8::1", "2001:db8::2", "2001:db8::3",
                                                    "fe80::1" };

static const uint32_t FLAGS[] = { 0, IFA_F_TENTATIVE, IFA_F_TENTATIVE | IFA_F_DADFAILED,
                                  IFA_F_TENTATIVE | IFA_F_OPTIMISTIC, IFA_F_DEPRECATED };

struct world {
        struct {
                bool exists;
                struct link link;
                char name[2];
                struct {
                        bool assigned;
                        uint32_t flags;
                } addresses[N_ADDRESSES];
        } links[N_LINKS]; /* at index - 1 */
};

/* What has changed: a link, or one address on it. */
struct event {
        size_t link;
        size_t address; /* N_ADDRESSES: the link itself */
        struct world after;
};

static unsigned below(unsigned limit) {
        return (unsigned)random() % limit;
}

static void change_link(struct world *world, size_t i) {
        static const char NAMES[] = "abcdef";

        if (world->links[i].exists && below(4) == 0) {
                memset(&world->links[i], 0, sizeof(world->links[i]));
                return;
        }
        world->links[i].exists = true;
        world->links[i].link = (struct link){ .index = (unsigned)i + 1,
                                              .running = below(3) > 0,
                                              .vrf = below(4) == 0 ? N_LINKS : 0 };
        /* A name is nobody else's. */
        for (bool taken = true; taken;) {
                world->links[i].name[0] = NAMES[below(sizeof(NAMES) - 1)];
                taken = false;
                for (size_t j = 0; j < N_LINKS; j++)
                        taken |= j != i && world->links[j].exists &&
                                 world->links[j].name[0] == world->links[i].name[0];
        }
}

static struct event change(struct world *world) {
        struct event event = { .link = below(N_LINKS), .address = below(N_ADDRESSES + 1) };

        if (event.address == N_ADDRESSES || !world->links[event.link].exists) {
                event.address = N_ADDRESSES;
                change_link(world, event.link);
        } else {
                bool *assigned = &world->links[event.link].addresses[event.address].assigned;

                *assigned = !*assigned || below(2);
                world->links[event.link].addresses[event.address].flags =
                        FLAGS[below(sizeof(FLAGS) / sizeof(FLAGS[0]))];
        }
        event.after = *world;
        return event;
}

static void tell_link(struct network *network, const struct world *world, size_t i) {
        if (world->links[i].exists)
                assert_true(network_set_link(network, &world->links[i].link,
                                             world->links[i].name) >= 0);
        else
                network_remove_link(network, (unsigned)i + 1);
}

static void tell_address(struct network *network, const struct world *world, size_t i, size_t j) {
        struct assigned assigned = { .index = (unsigned)i + 1,
                                     .flags = world->links[i].addresses[j].flags };

        assert_int_equal(inet_pton(AF_INET6, ADDRESSES[j], &assigned.address), 1);
        if (world->links[i].addresses[j].assigned)
                assert_true(network_set_address(network, &assigned) >= 0);
        else
                network_remove_address(network, &assigned);
}

static void tell_event(struct network *network, const struct event *event) {
        if (event->address == N_ADDRESSES)
                tell_link(network, &event->after, event->link);
        else
                tell_address(network, &event->after, event->link, event->address);
}

/* Links first, then addresses; one in `lacking` is left out, none if that is 0. */
static void tell_dump(struct network *network, const struct world *world, unsigned lacking) {
        for (size_t i = 0; i < N_LINKS; i++)
                if (world->links[i].exists && !(lacking && below(lacking) == 0))
                        tell_link(network, world, i);
        for (size_t i = 0; i < N_LINKS; i++)
                for (size_t j = 0; j < N_ADDRESSES; j++)
                        if (world->links[i].addresses[j].assigned &&
                            !(lacking && below(lacking) == 0))
                                tell_address(network, world, i, j);
}

/* One history, told with losses; the network is left as it stands after the resync. */
static void live_through(struct network *network, struct world *final) {
        static struct event events[N_CHANGES];
        struct world world = { 0 };
        size_t told, now;

        for (size_t i = 0; i < N_CHANGES; i++)
                events[i] = change(&world);
        *final = world;

        for (size_t i = below(2 * N_CHANGES); i > 0; i--)
                tell_event(network, &events[below(N_CHANGES)]);

        network_forget(network);
        told = below(N_CHANGES);
        now = told;
        for (unsigned dumps = below(4); dumps > 0; dumps--) {
                now += below((unsigned)(N_CHANGES - now));
                tell_dump(network, &events[now].after, 2);
                while (told < now)
                        tell_event(network, &events[told++]);
        }
        now += below((unsigned)(N_CHANGES - now));
        tell_dump(network, &events[now].after, 0);
        while (told < N_CHANGES)
                tell_event(network, &events[told++]);
}

static void test_any_loss_and_order(void **state) {
        struct pattern patterns[N_PATTERNS];
        size_t seen[STATE_UNKNOWN + 1] = { 0 };

        (void)state;
        for (size_t i = 0; i < N_PATTERNS; i++)
                patterns[i] = parsed(PATTERNS[i]);

        for (unsigned round = 0; round < N_ROUNDS; round++) {
                struct network network = { .patterns = patterns, .n_patterns = N_PATTERNS };
                struct network truth = { .patterns = patterns, .n_patterns = N_PATTERNS };
                struct world final;

                srandom(round);
                live_through(&network, &final);
                tell_dump(&truth, &final, 0);
                for (size_t i = 0; i < N_PATTERNS; i++) {
                        enum address_state found = address_status(&patterns[i], &network).state;
                        enum address_state right = address_status(&patterns[i], &truth).state;

                        seen[right]++;
                        if (found != right)
                                fail_msg("round %u, %s: %s, should be %s", round, PATTERNS[i],
                                         address_state_name(found), address_state_name(right));
                }
                network_done(&network);
                network_done(&truth);
        }
        /* It was no property of an empty world. */
        for (enum address_state i = STATE_READY; i < STATE_NO_IPV6; i++)
                assert_true(seen[i] > 100);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_pending),
                cmocka_unit_test(test_others_are_left_aside),
                cmocka_unit_test(test_reported),
                cmocka_unit_test(test_already_timed_out),
                cmocka_unit_test(test_any_loss_and_order),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
