/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/lines.h"
#include "formats/apache/server.h"

/**
 * interpret_file() - read a configuration file and do as its directives say
 * @path:       absolute
 *
 * As ap_build_config() (server/config.c) where directives take effect while they are read, and as
 * ap_walk_config() for Listen. What httpd would refuse costs a warning and that line.
 *
 * Return: 0; -ENOMEM; or why the file cannot be read, as tree_read().
 */
int interpret_file(struct server *server, const char *path);

/**
 * interpret_text() - the same for directives that the command line holds (-C, -c)
 * @where:      to say in warnings
 * @text:       owned by this function
 *
 * Return: 0 or -ENOMEM.
 */
int interpret_text(struct server *server, const char *where, char *text);
