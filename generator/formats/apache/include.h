/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/server.h"

/**
 * include_matching() - the directives Include and IncludeOptional
 * @name:       a file, a directory, or a pattern; relative to ServerRoot
 * @optional:   log nothing if there is none
 *
 * As ap_process_fnmatch_configs() (server/config.c): each component may have wildcards, and all but
 * the last match directories only; of a directory all files in and below it are read.
 *
 * Return: 0 or -ENOMEM.
 */
int include_matching(struct server *server, const char *name, bool optional);
