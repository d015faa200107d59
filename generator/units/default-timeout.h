/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The start timeout of units that say nothing of it
 */

#include "input/tree.h"

/**
 * default_timeout_parse() - read a timeout of systemd's, where 0 means none
 * @ret:        microseconds, TIMESPAN_INFINITY for none; untouched if @value is no time span
 *
 * Return: whether it is one.
 */
bool default_timeout_parse(const char *value, uint64_t *ret);

/**
 * default_timeout_read() - DefaultTimeoutStartSec= of systemd-system.conf(5)
 * @ret:        microseconds; TIMESPAN_INFINITY: none
 *
 * Return: 0 or -ENOMEM. Unreadable files are passed over with a warning.
 */
int default_timeout_read(struct tree *tree, uint64_t *ret);

/**
 * default_timeout_override() - what the kernel command line of this machine says instead
 * @ret:        untouched if it says nothing: systemd.default_timeout_start_sec= of
 *              kernel-command-line(7)
 *
 * Return: 0 or -ENOMEM.
 */
int default_timeout_override(uint64_t *ret);
