/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The drop-in for a socket unit: FreeBind=yes (systemd.socket(5))
 */

#include "units/socket-unit.h"

/**
 * socket_drop_in_format() - the text of the drop-in
 * @socket:     with an @address, which a comment names
 *
 * Return: to be freed by the caller; NULL if out of memory.
 */
char *socket_drop_in_format(const struct socket_unit *socket);
