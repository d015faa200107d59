/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the generator says: warnings, each with the file and line that caused it
 */

#include <stdbool.h>
#include <stdio.h>

/**
 * log_open() - choose where messages go
 * @by_systemd: true when systemd runs the generator: /dev/kmsg, as systemd's own generators, for
 *              the journal does not run yet at boot (systemd.generator(7)); in a container, which
 *              has none, the journal if it runs. False: standard error.
 */
void log_open(bool by_systemd);

/**
 * log_warning() - say what was not understood, and that it is ignored
 * @file:       where, or NULL if no file is to blame
 * @line:       line in @file, or 0
 * @format:     as printf(3), without a newline; control characters that come out of it are
 *              replaced by '?'
 *
 * Of what not every user may read, nothing is said but @file, @line and @format (private-files.h).
 * After 100 warnings the rest is only counted; log_close() says how many there were.
 */
void log_warning(const char *file, unsigned line, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/**
 * log_capture() - collect messages instead of writing them
 * @stream:     receives them, each behind LOG_MESSAGE and with a NUL at its end, up to 100
 */
void log_capture(FILE *stream);

enum { LOG_MESSAGE = 'm' };

/**
 * log_end_capture() - write messages again
 *
 * Return: how many more there were since log_capture().
 */
unsigned log_end_capture(void);

/**
 * log_captured() - write a message that was captured, maybe by another process
 * @message:    as captured, without LOG_MESSAGE
 */
void log_captured(const char *message);

/**
 * log_count() - count warnings that are not shown
 */
void log_count(unsigned count);

/**
 * log_close() - end the log
 */
void log_close(void);
