/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the generator logs during a test
 */

#include "common/memstream.h"
#include "log.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static FILE *log_fixture_stream;
static char *log_fixture_text;
static size_t log_fixture_size;

/**
 * log_fixture_begin() - collect messages
 */
static inline void log_fixture_begin(void) {
        log_fixture_stream = open_memstream(&log_fixture_text, &log_fixture_size);
        assert_non_null(log_fixture_stream);
        log_capture(log_fixture_stream);
}

/**
 * log_fixture_end() - stop, and compare
 * @expected:   all messages since log_fixture_begin(), each with a newline at its end
 */
static inline void log_fixture_end(const char *expected) {
        char *end = log_fixture_text;

        assert_int_equal(log_end_capture(), 0);
        assert_int_equal(memstream_close(log_fixture_stream, &log_fixture_text), 0);

        /* From "mFIRST\0mSECOND\0" to "FIRST\nSECOND\n", in place. */
        end = log_fixture_text;
        for (const char *p = log_fixture_text; p < log_fixture_text + log_fixture_size;) {
                size_t length = strlen(p + 1);

                memmove(end, p + 1, length);
                p += length + 2;
                end += length;
                *end++ = '\n';
        }
        *end = '\0';
        assert_string_equal(log_fixture_text, expected);
        free(log_fixture_text);
}
