/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The formats: how to read what a service's own configuration says it binds
 *
 * A format knows its language and nothing of units and drop-ins. To add one: a function of type
 * format_read_fn, a line in format.c.
 */

#include "common/string-list.h"
#include "formats/address-list.h"
#include "input/tree.h"

struct directive_language;

/* What a service's definition (dadwait.conf(5)) tells the format. Borrowed, absolute paths. */
struct source {
        const struct string_list *config;      /* Config=: where reading starts */
        const struct string_list *environment; /* of the unit, "NAME=VALUE"; may be NULL */
        const struct string_list *arguments;   /* words of the unit's ExecStart=, without the
                                                  program; may be NULL */
        const char *arguments_file;            /* where it stands */
        const struct string_list
                *environment_files; /* EnvironmentFile=: what the start script reads */
        const struct directive_language *language; /* for Format=directive */
};

/**
 * format_read_fn - find the addresses that a service binds
 * @tree:       where to read
 * @source:     where to start
 * @ret:        receives the addresses in the order of the configuration
 *
 * A missing Config= file is normal and silent. What is not understood is skipped with
 * log_warning(); the rest is still read.
 *
 * Return: 0, or -ENOMEM.
 */
typedef int format_read_fn(struct tree *tree, const struct source *source,
                           struct address_list *ret);

format_read_fn apache_read;    /* httpd 2.4: formats/apache/ */
format_read_fn directive_read; /* "keyword, then values": formats/directive/ */
format_read_fn ntp_read;       /* ntpd, classic and NTPsec: formats/ntp/ */

/**
 * format_find() - the format of a Format= setting
 *
 * Return: its function, or NULL.
 */
format_read_fn *format_find(const char *name);
