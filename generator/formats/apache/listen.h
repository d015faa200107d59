/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/server.h"

/**
 * listen_add() - the directive Listen: add the address that it names, if it names one
 * @arguments:  changed
 * @line:       the whole line
 *
 * Return: 0 or -ENOMEM.
 */
int listen_add(struct server *server, char *arguments, const char *line);
