/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/timespan.h"

#include "common/whitespace.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define USEC_PER_MSEC  UINT64_C(1000)
#define USEC_PER_SEC   UINT64_C(1000000)
#define USEC_PER_MIN   (60 * USEC_PER_SEC)
#define USEC_PER_HOUR  (60 * USEC_PER_MIN)
#define USEC_PER_DAY   (24 * USEC_PER_HOUR)
#define USEC_PER_WEEK  (7 * USEC_PER_DAY)
#define USEC_PER_MONTH UINT64_C(2629800000000)  /* 30.44 days */
#define USEC_PER_YEAR  UINT64_C(31557600000000) /* 365.25 days */

/* systemd.time(7), "Parsing Time Spans" */
static const struct {
        const char *name;
        uint64_t usec;
} UNITS[] = {
        { "usec", 1 },
        { "us", 1 },
        { "\xce\xbcs", 1 }, /* U+03BC Greek small letter mu */
        { "\xc2\xb5s", 1 }, /* U+00B5 micro sign */
        { "msec", USEC_PER_MSEC },
        { "ms", USEC_PER_MSEC },
        { "seconds", USEC_PER_SEC },
        { "second", USEC_PER_SEC },
        { "sec", USEC_PER_SEC },
        { "s", USEC_PER_SEC },
        { "minutes", USEC_PER_MIN },
        { "minute", USEC_PER_MIN },
        { "min", USEC_PER_MIN },
        { "m", USEC_PER_MIN },
        { "hours", USEC_PER_HOUR },
        { "hour", USEC_PER_HOUR },
        { "hr", USEC_PER_HOUR },
        { "h", USEC_PER_HOUR },
        { "days", USEC_PER_DAY },
        { "day", USEC_PER_DAY },
        { "d", USEC_PER_DAY },
        { "weeks", USEC_PER_WEEK },
        { "week", USEC_PER_WEEK },
        { "w", USEC_PER_WEEK },
        { "months", USEC_PER_MONTH },
        { "month", USEC_PER_MONTH },
        { "M", USEC_PER_MONTH },
        { "years", USEC_PER_YEAR },
        { "year", USEC_PER_YEAR },
        { "y", USEC_PER_YEAR },
};

static bool is_digit(char c) {
        return c >= '0' && c <= '9';
}

/* The unit at *text, which is moved behind it; none at all means seconds. */
static int parse_unit(const char **text, uint64_t *ret) {
        const char *start = *text + strspn(*text, SYSTEMD_WHITESPACE);
        size_t length = strcspn(start, SYSTEMD_WHITESPACE "0123456789.");

        if (length == 0) {
                *text = start;
                *ret = USEC_PER_SEC;
                return 0;
        }
        for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++)
                if (strlen(UNITS[i].name) == length && memcmp(UNITS[i].name, start, length) == 0) {
                        *text = start + length;
                        *ret = UNITS[i].usec;
                        return 0;
                }
        return -EINVAL;
}

/* Up to what a signed 64-bit integer holds, as strtoll(3) in systemd's parse_time(). */
static int parse_integer(const char **text, uint64_t *ret) {
        int64_t value = 0;

        for (; is_digit(**text); (*text)++)
                if (__builtin_mul_overflow(value, 10, &value) ||
                    __builtin_add_overflow(value, **text - '0', &value))
                        return -ERANGE;
        *ret = (uint64_t)value;
        return 0;
}

/* ".DIGITS", or nothing; one digit at least, and no second dot. */
static int parse_fraction(const char **text, const char **ret) {
        *ret = "";
        if (**text != '.')
                return 0;

        *ret = ++*text;
        *text += strspn(*text, "0123456789");
        return *text == *ret || **text == '.' ? -EINVAL : 0;
}

/* One "[+]NUMBER[.FRACTION][UNIT]"; fractions of a microsecond are dropped. */
static int parse_term(const char **text, uint64_t *ret) {
        const char *fraction;
        uint64_t number, unit, usec;
        int r;

        if (**text == '-')
                return -ERANGE;
        if (**text == '+')
                (*text)++;
        if (!is_digit(**text) && **text != '.')
                return -EINVAL;
        r = parse_integer(text, &number);
        if (r < 0)
                return r;
        r = parse_fraction(text, &fraction);
        if (r < 0)
                return r;
        r = parse_unit(text, &unit);
        if (r < 0)
                return r;

        if (number >= TIMESPAN_INFINITY / unit)
                return -ERANGE;
        usec = number * unit;
        for (; is_digit(*fraction); fraction++) {
                unit /= 10;
                usec += unit * (uint64_t)(*fraction - '0');
        }
        *ret = usec;
        return 0;
}

int timespan_parse(const char *text, uint64_t *ret) {
        const char *p = text + strspn(text, SYSTEMD_WHITESPACE);
        uint64_t sum = 0;

        if (strncmp(p, "infinity", 8) == 0 && p[8 + strspn(p + 8, SYSTEMD_WHITESPACE)] == '\0') {
                *ret = TIMESPAN_INFINITY;
                return 0;
        }
        if (*p == '\0')
                return -EINVAL;

        while (*p) {
                uint64_t usec;
                int r;

                r = parse_term(&p, &usec);
                if (r < 0)
                        return r;
                if (__builtin_add_overflow(sum, usec, &sum) || sum == TIMESPAN_INFINITY)
                        return -ERANGE;
                p += strspn(p, SYSTEMD_WHITESPACE);
        }
        *ret = sum;
        return 0;
}

char *timespan_format(uint64_t usec, char buffer[static TIMESPAN_STRING_SIZE]) {
        uint64_t unit = usec % USEC_PER_SEC == 0    ? USEC_PER_SEC
                        : usec % USEC_PER_MSEC == 0 ? USEC_PER_MSEC
                                                    : 1;

        if (usec == TIMESPAN_INFINITY)
                (void)snprintf(buffer, TIMESPAN_STRING_SIZE, "infinity");
        else if (usec > INT64_MAX)
                /* timespan_parse() reads no larger number, nor as many seconds as there are in
                 * TIMESPAN_INFINITY: one of them is in the microseconds. */
                (void)snprintf(buffer, TIMESPAN_STRING_SIZE, "%" PRIu64 "s%" PRIu64 "us",
                               usec / USEC_PER_SEC - 1, usec % USEC_PER_SEC + USEC_PER_SEC);
        else
                (void)snprintf(buffer, TIMESPAN_STRING_SIZE, "%" PRIu64 "%s", usec / unit,
                               unit == USEC_PER_SEC    ? "s"
                               : unit == USEC_PER_MSEC ? "ms"
                                                       : "us");
        return buffer;
}
