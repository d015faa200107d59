/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The drop-in for a socket unit: FreeBind=yes (systemd.socket(5))
 */

#include "units/shown-setting.h"

/**
 * socket_drop_in_format() - the text of the drop-in
 * @address:    the setting of the unit because of which it is written; a comment names it
 *
 * Return: to be freed by the caller; NULL if out of memory.
 */
char *socket_drop_in_format(const struct shown_setting *address);
