/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The formats: each reads one language and finds the addresses that a service binds
 *
 * A format includes nothing of units/ and output/. To add one: a function of type format_read_fn, a
 * line in format.c.
 */

#include "common/string-list.h"
#include "formats/address-list.h"
#include "input/tree.h"

struct directive_language;

/* Where a service is configured, by its definition. Borrowed; paths are absolute. */
struct source {
        const struct string_list *config;      /* Config=: where reading starts */
        const struct string_list *environment; /* of the unit, "NAME=VALUE"; may be NULL */
        const struct string_list *arguments;   /* words of the unit's ExecStart=, without the
                                                  program; may be NULL */
        const char *arguments_file;            /* that the ExecStart= is in */
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
 * A Config= that does not exist is skipped silently, what is not understood with log_warning().
 *
 * Return: 0, or -ENOMEM.
 */
typedef int format_read_fn(struct tree *tree, const struct source *source,
                           struct address_list *ret);

format_read_fn apache_read;        /* httpd 2.4: formats/apache/ */
format_read_fn directive_read;     /* "keyword, then values": formats/directive/ */
format_read_fn lighttpd_read;      /* lighttpd.conf: formats/lighttpd/ */
format_read_fn nsd_read;           /* nsd.conf: formats/unbound/ */
format_read_fn ntp_read;           /* ntpd, classic and NTPsec: formats/ntp/ */
format_read_fn pdns_read;          /* pdns.conf: formats/pdns/ */
format_read_fn pdns_recursor_read; /* recursor.conf of Recursor 4: formats/pdns/ */
format_read_fn unbound_read;       /* unbound.conf: formats/unbound/ */

/**
 * format_find() - the format of a Format= setting
 *
 * Return: its function, or NULL.
 */
format_read_fn *format_find(const char *name);
