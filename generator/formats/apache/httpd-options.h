/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * httpd's command line and environment, as far as files tell them
 *
 * The start script of Debian adds $APACHE_ARGUMENTS to the command line, the unit of Fedora
 * $OPTIONS, and the start script of openSUSE -D for each word of $APACHE_SERVER_FLAGS.
 */

#include "formats/apache/server.h"
#include "formats/format.h"

struct options {
        char *config;              /* -f; NULL if it is not given */
        struct string_list before; /* -C: directives to be read first */
        struct string_list after;  /* -c: and last */
};

/**
 * options_read() - read a service's environment files and take -D, -d, -X and the rest out of them
 * @config:     httpd's configuration file
 * @source:     tells the environment
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
