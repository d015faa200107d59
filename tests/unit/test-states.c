/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/states.h"

#include "network/dump.h"
#include "unit.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <string.h>

/* In place of the kernel: dump.h's function, by --wrap= of ld(1). */
static const int *results; /* one for each call */
static unsigned dumps;
static uint32_t flags;

int __wrap_dump(struct network *network);

/* The first pattern's address, on eth0. Each call gets an empty network. */
int __wrap_dump(struct network *network) {
        const struct link link = { .index = 1, .running = true };
        const struct assigned assigned = { .address = network->patterns[0].address,
                                           .index = 1,
                                           .flags = flags };

        assert_int_equal(network->n_patterns, 2);
        assert_int_equal(network->n_links, 0);
        assert_int_equal(network->n_addresses, 0);
        assert_int_equal(network_set_link(network, &link, "eth0"), 0);
        assert_int_equal(network_set_address(network, &assigned), 1);
        return results[dumps++];
}

static int set_up(void **state) {
        static const int RESULTS[] = { 0 };

        (void)state;
        results = RESULTS;
        dumps = 0;
        flags = 0;
        return 0;
}

/* @ret: "-" where nothing was received */
static int ask(const char *ret[static 2]) {
        struct pattern patterns[2];

        ret[0] = ret[1] = "-";
        assert_int_equal(pattern_parse("2001:db8::1", &patterns[0]), 0);
        assert_int_equal(pattern_parse("2001:db8::2", &patterns[1]), 0);
        return address_states(patterns, 2, ret);
}

static void assert_states(uint32_t with_flags, const char *expected) {
        const char *states[2];

        assert_int_equal(set_up(NULL), 0);
        flags = with_flags;
        assert_int_equal(ask(states), 0);
        assert_string_equal(states[0], expected);
        assert_string_equal(states[1], "absent");
}

static void test_names(void **state) {
        (void)state;
        assert_states(0, "ready");
        assert_states(IFA_F_TENTATIVE, "tentative");
        assert_states(IFA_F_TENTATIVE | IFA_F_DADFAILED, "duplicate");
}

/* Where the state changes while it is read, it is read again, up to 16 times. */
static void test_changes(void **state) {
        static const int SOME[] = { -EINTR, -EINTR, 0 };
        static const int MANY[] = { -EINTR, -EINTR, -EINTR, -EINTR, -EINTR, -EINTR,
                                    -EINTR, -EINTR, -EINTR, -EINTR, -EINTR, -EINTR,
                                    -EINTR, -EINTR, -EINTR, -EINTR, 0 };
        const char *states[2];

        (void)state;
        results = SOME;
        assert_int_equal(ask(states), 0);
        assert_int_equal(dumps, 3);
        assert_string_equal(states[0], "ready");

        (void)set_up(NULL);
        results = MANY;
        assert_int_equal(ask(states), -EINTR);
        assert_int_equal(dumps, 16);
        assert_string_equal(states[0], "-");
}

static void test_errors(void **state) {
        static const int NO_MEMORY[] = { -ENOMEM };
        const char *states[2];

        (void)state;
        results = NO_MEMORY;
        assert_int_equal(ask(states), -ENOMEM);
        assert_string_equal(states[1], "-");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup(test_names, set_up),
                cmocka_unit_test_setup(test_changes, set_up),
                cmocka_unit_test_setup(test_errors, set_up),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
