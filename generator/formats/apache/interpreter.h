/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/lines.h"
#include "formats/apache/server.h"

/**
 * interpret_file() - read a configuration file and apply its directives
 * @path:       absolute
 *
 * As ap_build_config() (server/config.c), which applies directives while it reads them, and as
 * ap_walk_config() for Listen. A line that httpd would refuse is skipped with a warning.
 *
 * Return: 0; -ENOMEM; or why the file cannot be read, as tree_read().
 */
int interpret_file(struct server *server, const char *path);

/**
 * interpret_text() - the same for directives on the command line (-C, -c)
 * @where:      where they are, for warnings
 * @text:       owned by this function
 *
 * Return: 0 or -ENOMEM.
 */
int interpret_text(struct server *server, const char *where, char *text);
