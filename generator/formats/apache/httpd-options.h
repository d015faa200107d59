/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * httpd's command line and environment, as far as they are in files
 *
 * The start script of Debian adds $APACHE_ARGUMENTS to the command line, the unit of Fedora
 * $OPTIONS, and the start script of openSUSE -D for each word of $APACHE_SERVER_FLAGS.
 */

#include "formats/apache/server.h"
#include "formats/format.h"

struct options {
        char *config;              /* -f; NULL if it is not given */
        struct string_list before; /* -C: directives to read first */
        struct string_list after;  /* -c: and last */
};

/**
 * options_read() - find httpd's options in a service's environment, and apply them
 * @config:     httpd's configuration file
 * @source:     the environment and the command line of the unit, and the files of EnvironmentFile=
 * @ret:        empty
 *
 * Return: 0 or -ENOMEM.
 */
int options_read(struct server *server, const char *config, const struct source *source,
                 struct options *ret);

/**
 * options_clear() - free all; usable as CLEANUP(options_clear)
 */
void options_clear(struct options *options);
