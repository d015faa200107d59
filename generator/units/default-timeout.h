/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The start timeout of units that do not set one
 */

#include "input/tree.h"

/**
 * default_timeout_parse() - parse a timeout of systemd, where 0 means none
 * @ret:        microseconds, TIMESPAN_INFINITY for none; unchanged if @value is not a time span
 *
 * Return: whether @value is a time span.
 */
bool default_timeout_parse(const char *value, uint64_t *ret);

/**
 * default_timeout_read() - read DefaultTimeoutStartSec= of systemd-system.conf(5)
 * @ret:        microseconds; TIMESPAN_INFINITY: none
 *
 * Return: 0 or -ENOMEM. A file that cannot be read is skipped with a warning.
 */
int default_timeout_read(struct tree *tree, uint64_t *ret);

/**
 * default_timeout_override() - read the timeout on the kernel command line of this machine
 * @ret:        systemd.default_timeout_start_sec= of kernel-command-line(7); unchanged if that is
 *              not set
 *
 * Return: 0 or -ENOMEM.
 */
int default_timeout_override(uint64_t *ret);
