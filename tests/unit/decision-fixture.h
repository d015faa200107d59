/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A service that is to wait, without a tree that it was found in
 */

#include "plan/decision.h"
#include "unit.h"

struct decision_fixture {
        struct service service; /* with its name only */
        struct decision decision;
};

/**
 * decision_fixture_set_up() - a.service, which waits for no address yet; for cmocka
 */
static inline int decision_fixture_set_up(void **state) {
        static struct decision_fixture fixture;

        fixture = (struct decision_fixture){ .service.unit.name = (char *)"a.service" };
        settings_init(&fixture.service.settings);
        fixture.decision.timeout_usec = fixture.service.settings.timeout_usec;
        *state = &fixture;
        return 0;
}

/**
 * decision_fixture_tear_down() - the opposite
 */
static inline int decision_fixture_tear_down(void **state) {
        struct decision_fixture *fixture = *state;

        decision_clear(&fixture->decision);
        settings_clear(&fixture->service.settings);
        return 0;
}

/**
 * decision_fixture_add() - have it wait for one more
 */
static inline void decision_fixture_add(struct decision_fixture *fixture, const char *address,
                                        const char *file, unsigned line, const char *text) {
        struct pattern pattern;

        assert_int_equal(pattern_parse(address, &pattern), 0);
        assert_int_equal(address_list_add(&fixture->decision.addresses, &pattern, file, line, text),
                         0);
}
