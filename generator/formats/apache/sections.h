/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The sections that are open in one file: conditional ones, whose body is read as if it were
 * outside, and containers such as <VirtualHost>, in which httpd accepts no Listen
 *
 * They end in the file in which they begin. The two kinds end differently, since httpd reads the
 * body of a conditional section by ap_build_cont_config() and that of a container by
 * ap_build_config_sub() (server/config.c).
 */

#include "formats/apache/lines.h"
#include "formats/apache/server.h"

struct section {
        char *name;
        bool conditional;
        unsigned line;
        const char *outer; /* the container around it */
};

struct sections {
        struct section *items;
        size_t count;
};

/**
 * sections_open() - a section begins
 * @name:       "<VirtualHost"; of a conditional one the line that ends it
 *
 * Return: 0 or -ENOMEM.
 */
int sections_open(struct sections *sections, struct server *server, const char *name,
                  bool conditional);

/**
 * sections_close_conditional() - end the innermost section if @line ends it as a conditional one
 * @line:       the whole line; httpd does not accept it with anything more
 *
 * Return: whether it did.
 */
bool sections_close_conditional(struct sections *sections, struct server *server, const char *line);

/**
 * sections_close() - a line that begins with "</"
 * @name:       its first word
 *
 * Return: 0.
 */
int sections_close(struct sections *sections, struct server *server, const char *name);

/**
 * sections_finish() - end the file: free all, and log which containers are still open
 */
void sections_finish(struct sections *sections, struct server *server);

/**
 * sections_skip() - skip the body of a conditional section whose condition is false
 * @name:       "<IfDefine"
 *
 * As ap_soak_end_container(): sections in the body have to be nested properly.
 *
 * Return: 0 or -ENOMEM.
 */
int sections_skip(struct server *server, struct lines *lines, const char *name);

/**
 * sections_skip_raw() - skip a body in another language: mod_perl's and mod_lua's sections
 * @name:       "<Perl"; a line that begins with "</Perl" is the end
 *
 * Return: 0 or -ENOMEM.
 */
int sections_skip_raw(struct lines *lines, const char *name);
