/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The generator's log: warnings, each with the file and line that caused it
 */

#include <stdbool.h>
#include <stdio.h>

/**
 * log_open() - choose where messages go
 * @name:       of the program, static
 * @by_systemd: true when systemd runs the generator: messages go to /dev/kmsg, like those of
 *              systemd's own generators, as the journal does not run yet at boot
 *              (systemd.generator(7)). A container has no /dev/kmsg, so there they go to the
 *              journal if it runs, through syslog(3). If that does not run either, as at boot, the
 * messages are kept for log_kept(). False: standard error.
 */
void log_open(const char *name, bool by_systemd);

/**
 * log_warning() - log what cannot be read or parsed, and what is done about it
 * @file:       that the warning is about, or NULL
 * @line:       line in @file, or 0
 * @format:     as printf(3), without a newline; control characters in the result are replaced by
 *              '?'
 *
 * If not every user may read the file, only @file, @line and @format are logged (private-files.h).
 * Warnings after the first 100 are only counted; log_close() logs how many there were.
 */
void log_warning(const char *file, unsigned line, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/**
 * log_mute() - neither log nor count warnings, for what is read a second time
 */
void log_mute(bool on);

/**
 * log_keep() - keep warnings as well, for log_kept()
 */
void log_keep(void);

/* A warning that was kept. */
struct log_entry {
        char *file;    /* or NULL; printable, like .text */
        unsigned line; /* in @file, or 0 */
        char *text;    /* of log_captured(): with file and line */
};

/**
 * log_kept() - the warnings since log_keep(), at most the first 100
 *
 * Return: valid until log_close().
 */
const struct log_entry *log_kept(size_t *ret_count);

/**
 * log_warnings() - how many warnings there were since log_open()
 */
unsigned log_warnings(void);

/**
 * log_capture() - collect messages instead of writing them
 * @stream:     receives up to 100: LOG_MESSAGE, the text, and a NUL for each
 */
void log_capture(FILE *stream);

enum { LOG_MESSAGE = 'm' };

/**
 * log_end_capture() - write messages again
 *
 * Return: how many warnings since log_capture() were too many for its stream.
 */
unsigned log_end_capture(void);

/**
 * log_captured() - write a message that was captured, in this process or another
 * @message:    as captured, without LOG_MESSAGE
 */
void log_captured(const char *message);

/**
 * log_count() - count warnings that are not shown
 */
void log_count(unsigned count);

/**
 * log_close() - log how many warnings were not shown, and close the log
 */
void log_close(void);
