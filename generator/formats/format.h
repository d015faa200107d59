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

/* Where a service is configured, by its definition and its unit. Borrowed; paths are absolute. */
struct source {
        const struct string_list *config;      /* where reading starts: the files that the command
                                                  line names, or else those of Config= */
        const struct string_list *environment; /* of the unit, its files included: "NAME=VALUE";
                                                  may be NULL */
        const struct string_list *arguments;   /* words of the unit's ExecStart=, without the
                                                  program, variables expanded; may be NULL */
        const char *arguments_file;            /* that the ExecStart= is in */
        unsigned arguments_line;               /* in that file */
        const char
                *directory; /* of the process, where relative paths among the arguments start; NULL:
                               "/" */
        const struct string_list *environment_files; /* EnvironmentFile= of the definition: what the
                                                        start script reads */
        const struct string_list *unit_environment_files; /* that the unit itself reads; may be
                                                             NULL */
        const struct directive_language *language;        /* for Format=directive */
        const char *instance; /* of the unit's name, for quadlet_read(); or NULL */
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
format_read_fn dovecot_read;       /* Dovecot 2.3 and 2.4: formats/dovecot/ */
format_read_fn freeradius_read;    /* FreeRADIUS 3: formats/freeradius/ */
format_read_fn haproxy_read;       /* HAProxy: formats/haproxy/ */
format_read_fn lighttpd_read;      /* lighttpd.conf: formats/lighttpd/ */
format_read_fn nginx_read;         /* nginx: formats/nginx/ */
format_read_fn nsd_read;           /* nsd.conf: formats/unbound/ */
format_read_fn ntp_read;           /* ntpd, classic and NTPsec: formats/ntp/ */
format_read_fn openvpn_read;       /* OpenVPN 2: formats/openvpn/ */
format_read_fn option_files_read;  /* files of options: formats/directive/ */
format_read_fn pdns_read;          /* pdns.conf: formats/pdns/ */
format_read_fn pdns_recursor_read; /* recursor.conf, also as plain YAML: formats/pdns/ */
format_read_fn postfix_read;       /* Postfix 3: formats/postfix/ */
format_read_fn prosody_read;       /* prosody: formats/prosody/ */
format_read_fn redis_read;         /* Redis, Valkey, their sentinels: formats/redis/ */
format_read_fn snmpd_read;         /* Net-SNMP's snmpd: formats/snmpd/ */
format_read_fn squid_read;         /* squid: formats/squid/ */
format_read_fn sshd_read;          /* OpenSSH's sshd: formats/sshd/ */
format_read_fn tor_read;           /* tor: formats/tor/ */
format_read_fn unbound_read;       /* unbound.conf: formats/unbound/ */

/* Of podman's files for its generator (formats/quadlet/), which need no Format=: it is not one of
 * format_find(). @source: Config= is the file, then its drop-ins in reading order. */
format_read_fn quadlet_read;

/**
 * format_find() - the format of a Format= setting
 *
 * Return: its function, or NULL.
 */
format_read_fn *format_find(const char *name);

/**
 * format_name() - the names that format_find() takes
 *
 * Return: that of an index from 0; NULL behind the last one.
 */
const char *format_name(size_t index);
