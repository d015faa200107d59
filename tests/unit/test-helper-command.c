/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "output/helper-command.h"

#include "build-config.h"
#include "common/cleanup.h"
#include "common/memstream.h"
#include "decision-fixture.h"

static void assert_command(const struct decision_fixture *fixture, const char *key,
                           const char *prefix, const char *expected) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *stream = open_memstream(&text, &size);

        assert_non_null(stream);
        helper_command_put(stream, key, prefix, &fixture->service.settings, &fixture->decision);
        assert_int_equal(memstream_close(stream, &text), 0);
        assert_string_equal(text, expected);
}

static void test_options(void **state) {
        struct decision_fixture *fixture = *state;

        decision_fixture_add(fixture, "2001:db8::1", "/a", 1, "");
        assert_command(fixture, "ExecStartPre", "+",
                       "ExecStartPre=-+" HELPER_PATH " 2001:db8::1\n");
        assert_command(fixture, "ExecStart", "", "ExecStart=-" HELPER_PATH " 2001:db8::1\n");
        fixture->decision.timeout_usec = 90000000;
        assert_command(fixture, "ExecCondition", "+",
                       "ExecCondition=-+" HELPER_PATH " --timeout=90s 2001:db8::1\n");
        /* The limit of the wait is the decision's, whatever the settings ask for. */
        fixture->service.settings.timeout_usec = 1;
        fixture->decision.timeout_usec = 1500000;
        fixture->service.settings.fail_on_timeout = true;
        assert_command(fixture, "ExecStartPre", "+",
                       "ExecStartPre=+" HELPER_PATH " --timeout=1500ms --strict 2001:db8::1\n");
}

/* '%' begins a specifier, so it is doubled; nothing else in a pattern is special to systemd. */
static void test_patterns(void **state) {
        struct decision_fixture *fixture = *state;

        decision_fixture_add(fixture, "FE80::0:1%eth0", "/a", 1, "");
        decision_fixture_add(fixture, "2001:db8::/32", "/a", 1, "");
        decision_fixture_add(fixture, "any%br-lan.4@x", "/a", 1, "");
        assert_command(fixture, "ExecStartPre", "",
                       "ExecStartPre=-" HELPER_PATH
                       " fe80::1%%eth0 2001:db8::/32 any%%br-lan.4@x\n");
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name)                                                                                 \
        cmocka_unit_test_setup_teardown(test_##name, decision_fixture_set_up,                      \
                                        decision_fixture_tear_down)
                TEST(options),
                TEST(patterns),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
