/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the generator says: warnings, each with the file and line that caused it
 */

#include <stdbool.h>

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
 * After 100 warnings the rest is only counted; log_close() says how many there were.
 */
void log_warning(const char *file, unsigned line, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/**
 * log_close() - end the log
 */
void log_close(void);
