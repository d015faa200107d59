/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The boots that a journal has entries of
 */

#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>

/**
 * boot_list_find() - find a boot by its number or identifier
 * @journal:    without matches
 * @text:       as journalctl(1) has it: 0 is this boot, -1 the one before, 1 the oldest one; or 32
 *              hexadecimal digits. NULL: this boot
 *
 * Return: 0; -ENOENT if the journal has no such boot; -EINVAL if @text is neither; or another
 * negative errno.
 */
int boot_list_find(sd_journal *journal, const char *text, sd_id128_t *ret);
