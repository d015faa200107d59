/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/server.h"

/**
 * version_matches() - the condition of <IfVersion>
 * @arguments:  what is behind it in the line, ">" included; changed
 *
 * As start_ifversion() in modules/metadata/mod_version.c.
 *
 * Return: 1, 0, or -ENOMEM.
 */
int version_matches(struct server *server, char *arguments);
