/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The sections that are open in one file: conditional ones, whose body counts as if they were not
 * there, and containers such as <VirtualHost>, in which httpd takes no Listen
 *
 * They end in the file in which they began. The two kinds end differently, for httpd reads the
 * body of the former by ap_build_cont_config() and of the latter by ap_build_config_sub()
 * (server/config.c).
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
 * @line:       the whole line; with anything more in it httpd takes it for another thing
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
 * sections_finish() - the file ends: free all, and say which containers were left open
 */
void sections_finish(struct sections *sections, struct server *server);

/**
 * sections_skip() - pass over the body of a conditional section whose condition is false
 * @name:       "<IfDefine"
 *
 * As ap_soak_end_container(): whatever is in there has to be nested well.
 *
 * Return: 0 or -ENOMEM.
 */
int sections_skip(struct server *server, struct lines *lines, const char *name);

/**
 * sections_skip_raw() - pass over a body in another language: mod_perl's and mod_lua's sections
 * @name:       "<Perl"; a line that begins with "</Perl" is the end
 *
 * Return: 0 or -ENOMEM.
 */
int sections_skip_raw(struct lines *lines, const char *name);
