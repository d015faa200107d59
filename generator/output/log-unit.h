/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A unit that logs what the generator could not log itself
 *
 * At boot generators run before the journal. Their messages go to /dev/kmsg, which containers do
 * not have. So there the generator writes this unit, which prints the messages into the journal
 * once it runs. Nothing depends on the unit, and it cannot fail.
 */

#include "log.h"

/**
 * log_unit_format() - the unit's file
 *
 * Return: to be freed by the caller; NULL if out of memory.
 */
char *log_unit_format(const struct log_entry *entries, size_t count);

/**
 * log_unit_write() - write the unit, and the link that starts it
 * @directory_fd:       normal-dir of systemd.generator(7)
 *
 * Return: 0 or negative errno.
 */
int log_unit_write(int directory_fd, const struct log_entry *entries, size_t count);
