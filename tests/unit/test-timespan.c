/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/timespan.h"

#include "common/cleanup.h"

#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#define S UINT64_C(1000000)

static const struct {
        const char *text;
        int r;
        uint64_t usec;
} CASES[] = {
        { "30", 0, 30 * S },
        { "30s", 0, 30 * S },
        { "1min 30s", 0, 90 * S },
        { "1min30s", 0, 90 * S },
        { "1min30", 0, 90 * S },
        { " \t5  s\n", 0, 5 * S },
        { "2.5h", 0, 9000 * S },
        { "1.5", 0, 3 * S / 2 },
        { ".5s", 0, S / 2 },
        { "0.333w", 0, UINT64_C(201398400000) },
        { "1.999999999y", 0, UINT64_C(63115199968437) },
        { "1.0000005s", 0, S },
        { "1.9us", 0, 1 },
        { "0", 0, 0 },
        { "007s", 0, 7 * S },
        { "+5", 0, 5 * S },
        { "1 2", 0, 3 * S },
        { "3usec 3us 3\u00b5s", 0, 9 },
        { "3\u03bcs", 0, 3 },
        { "1msec 1ms", 0, 2000 },
        { "1seconds1second1sec1s", 0, 4 * S },
        { "1minutes1minute1min1m", 0, 240 * S },
        { "1hours1hour1hr1h", 0, 14400 * S },
        { "1days1day1d", 0, 3 * (86400 * S) },
        { "1weeks1week1w", 0, 3 * (604800 * S) },
        { "1months1month1M", 0, 3 * UINT64_C(2629800000000) },
        { "1years1year1y", 0, 3 * UINT64_C(31557600000000) },
        { "infinity", 0, TIMESPAN_INFINITY },
        { " infinity ", 0, TIMESPAN_INFINITY },
        { "9223372036854775807us", 0, UINT64_C(9223372036854775807) },
        { "584541y", 0, 584541 * UINT64_C(31557600000000) },
        { "", -EINVAL, 0 },
        { "  ", -EINVAL, 0 },
        { "1x", -EINVAL, 0 },
        { "s", -EINVAL, 0 },
        { "1S", -EINVAL, 0 },
        { "1Min", -EINVAL, 0 },
        { "1e3", -EINVAL, 0 },
        { "0x10", -EINVAL, 0 },
        { "1,5s", -EINVAL, 0 },
        { "1.", -EINVAL, 0 },
        { "1.s", -EINVAL, 0 },
        { "1.2.3", -EINVAL, 0 },
        { ".", -EINVAL, 0 },
        { "5s infinity", -EINVAL, 0 },
        { "infinity 1s", -EINVAL, 0 },
        { "-1", -ERANGE, 0 },
        { "9223372036854775808us", -ERANGE, 0 },
        { "99999999999999999999", -ERANGE, 0 },
        { "99999999999999999999us", -ERANGE, 0 },
        { "584542y", -ERANGE, 0 },
        { "584541y 9999h 9999999h", -ERANGE, 0 },
};

enum { N_CASES = sizeof(CASES) / sizeof(CASES[0]) };

static void test_parse(void **state) {
        (void)state;
        for (size_t i = 0; i < N_CASES; i++) {
                uint64_t usec = 4711;
                int r = timespan_parse(CASES[i].text, &usec);

                if (r != CASES[i].r || usec != (r < 0 ? 4711 : CASES[i].usec))
                        fail_msg("'%s': %d, %" PRIu64, CASES[i].text, r, usec);
        }
}

/* A sum that comes to TIMESPAN_INFINITY, 2^64 - 1, does not mean it. */
static void test_sum(void **state) {
        uint64_t usec;

        (void)state;
        assert_int_equal(timespan_parse("5124095575h3709551614us", &usec), 0);
        assert_true(usec == TIMESPAN_INFINITY - 1);
        assert_int_equal(timespan_parse("5124095575h3709551615us", &usec), -ERANGE);
        assert_int_equal(timespan_parse("5124095575h3709551616us", &usec), -ERANGE);
}

static void pclosep(FILE **pipe) {
        if (*pipe)
                (void)pclose(*pipe);
}

/* What systemd itself makes of a span; false if it refuses. */
static bool ask_systemd(const char *text, uint64_t *ret) {
        CLEANUP(freep) char *command = NULL;
        CLEANUP(pclosep) FILE *pipe = NULL;
        bool found = false;
        char line[256];

        assert_true(asprintf(&command, "systemd-analyze timespan -- '%s' 2>/dev/null", text) > 0);
        pipe = popen(command, "r"); /* NOLINT(cert-env33-c): fixed words in quotes */
        assert_non_null(pipe);
        while (fgets(line, sizeof(line), pipe)) {
                const char *usec = strstr(line, "s: ");

                if (!found && usec && strspn(usec + 3, "0123456789") > 0) {
                        *ret = strtoull(usec + 3, NULL, 10);
                        found = true;
                }
        }
        return found;
}

/* The table above is what systemd does, and not what somebody took it for. */
static void test_against_systemd(void **state) {
        (void)state;
        /* NOLINTNEXTLINE(cert-env33-c) */
        if (system("systemd-analyze timespan 1s >/dev/null 2>&1") != 0)
                skip();

        for (size_t i = 0; i < N_CASES; i++) {
                uint64_t usec = 0;
                bool accepted = ask_systemd(CASES[i].text, &usec);

                if (accepted != (CASES[i].r == 0) || usec != CASES[i].usec)
                        fail_msg("'%s': systemd %s it, %" PRIu64, CASES[i].text,
                                 accepted ? "accepts" : "refuses", usec);
        }
}

static void test_format(void **state) {
        static const struct {
                uint64_t usec;
                const char *text;
        } FORMATTED[] = {
                { 0, "0s" },
                { 1, "1us" },
                { 1500, "1500us" },
                { 2000, "2ms" },
                { 1500000, "1500ms" },
                { 90 * S, "90s" },
                { TIMESPAN_INFINITY, "infinity" },
                { INT64_MAX, "9223372036854775807us" },
                /* one number holds no more (systemd reads it with strtoll(3)) */
                { INT64_MAX + UINT64_C(4), "9223372036853s1775811us" },
                /* nor "18446744073709s", "18446744073709551ms" and longer ones */
                { UINT64_C(18446744073709000000), "18446744073708s1000000us" },
                { UINT64_C(18446744073709106515), "18446744073708s1106515us" },
                { UINT64_C(18446744073709551000), "18446744073708s1551000us" },
                { TIMESPAN_INFINITY - 1, "18446744073708s1551614us" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(FORMATTED) / sizeof(FORMATTED[0]); i++) {
                char buffer[TIMESPAN_STRING_SIZE];
                uint64_t usec;

                assert_string_equal(timespan_format(FORMATTED[i].usec, buffer), FORMATTED[i].text);
                assert_int_equal(timespan_parse(buffer, &usec), 0);
                assert_true(usec == FORMATTED[i].usec);
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_parse),
                cmocka_unit_test(test_sum),
                cmocka_unit_test(test_against_systemd),
                cmocka_unit_test(test_format),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
