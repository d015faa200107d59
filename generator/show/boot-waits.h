/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What services have waited for at a boot, from the journal
 */

#include <stddef.h>

/**
 * boot_waits_print() - print each wait in a line: unit, how long, how it ended, addresses
 * @boot:       0 or NULL for this boot, "-1" for the one before, "1" for the first one in the
 *              journal, and so on as journalctl(1) counts; or the identifier of a boot
 * @units:      names of units, those without a suffix are services; other units are omitted
 * @n_units:    0: all
 *
 * Return: 0; -EINVAL if there is no such boot; or negative errno. The error has been logged.
 */
int boot_waits_print(const char *boot, char *const *units, size_t n_units);
