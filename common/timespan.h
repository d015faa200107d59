/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Time spans as systemd.time(7) spells them: "30", "30s", "1min 30s", "2.5h", "infinity"
 *
 * libsystemd exports no parser for them, and both the helper (--timeout=) and the generator
 * (TimeoutSec=, TimeoutStartSec=) read them.
 */

#include <stddef.h>
#include <stdint.h>

/* No limit, as in systemd (for sd-event it is a time that is never reached). */
#define TIMESPAN_INFINITY UINT64_MAX

/* Bytes that hold any formatted span, with its terminating NUL. */
enum { TIMESPAN_STRING_SIZE = sizeof("18446744073708s1551614us") };

/**
 * timespan_parse() - read a time span
 * @text:       NUL-terminated; a number without a unit counts seconds
 * @ret:        microseconds, or TIMESPAN_INFINITY; untouched on error
 *
 * Return: 0; -EINVAL if @text is no time span; -ERANGE if it does not fit, or is negative.
 */
int timespan_parse(const char *text, uint64_t *ret);

/**
 * timespan_format() - write a time span so that timespan_parse() reads the same value back
 * @usec:       microseconds, or TIMESPAN_INFINITY
 * @buffer:     receives the text, in the largest of s, ms and us that leaves no fraction;
 *              over INT64_MAX in s and us
 *
 * Return: @buffer.
 */
char *timespan_format(uint64_t usec, char buffer[static TIMESPAN_STRING_SIZE]);
