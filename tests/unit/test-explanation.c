/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The owner of a duplicate, found in a kernel's log: what the real one holds is not up to a test,
 * and containers are not shown it.
 */

#include "helper/explanation.h"

#include "common/cleanup.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define USED "eth0: IPv6 duplicate address 2001:db8::1 used by "

static const char *log_text; /* NULL: it may not be read */

/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker's word */
int __wrap_klogctl(int type, char *buffer, int size);

int __wrap_klogctl(int type, char *buffer, int size) {
        int length = log_text ? (int)strlen(log_text) : 0;

        assert_int_equal(type, 3);
        if (!log_text) {
                errno = EPERM;
                return -1;
        }
        assert_true(length <= size);
        memcpy(buffer, log_text, (size_t)length);
        return length;
}

static void test_owner(void **state) {
        static const struct {
                const char *log;
                const char *owner;
        } EXAMPLES[] = {
                { NULL, NULL },
                { "", NULL },
                { "<6>[ 1.5] IPv6: " USED "52:54:00:12:34:56 detected!\n", "52:54:00:12:34:56" },
                /* the newest counts */
                { USED "52:54:00:00:00:01 detected!\n" USED "52:54:00:00:00:02 detected!\nother\n",
                  "52:54:00:00:00:02" },
                { "eth0: IPv6 duplicate address 2001:db8::11 used by 52:54:00:00:00:01 detected!",
                  NULL },
                { "eth1: IPv6 duplicate address 2001:db8::1 used by 52:54:00:00:00:01 detected!",
                  NULL },
                { "eth0: IPv6 duplicate address 2001:db8::1 detected!", NULL },
                /* a hardware address of another length; a line that is cut off */
                { USED "00:00 detected!", NULL },
                { USED "52:54:00", NULL },
        };
        struct target target = { .status = { .state = STATE_DADFAILED } };

        (void)state;
        assert_int_equal(pattern_parse("2001:db8::1", &target.pattern), 0);
        for (size_t i = 0; i < sizeof(EXAMPLES) / sizeof(EXAMPLES[0]); i++) {
                CLEANUP(freep) char *found = NULL;
                CLEANUP(freep) char *expected = NULL;

                log_text = EXAMPLES[i].log;
                found = explanation(&target, "eth0");
                if (!EXAMPLES[i].owner) {
                        assert_null(found);
                        continue;
                }
                assert_true(asprintf(&expected, "its owner has the link-layer address %s",
                                     EXAMPLES[i].owner) > 0);
                assert_non_null(found);
                assert_string_equal(found, expected);
        }
}

/* Nothing else is looked for in the log. */
static void test_other_states(void **state) {
        struct target target = { 0 };

        (void)state;
        log_text = USED "52:54:00:12:34:56 detected!\n";
        assert_int_equal(pattern_parse("2001:db8::1", &target.pattern), 0);
        for (enum address_state i = STATE_READY; i <= STATE_UNKNOWN; i++)
                if (i != STATE_DADFAILED) {
                        target.status.state = i;
                        assert_null(explanation(&target, "eth0"));
                }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_owner),
                cmocka_unit_test(test_other_states),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
