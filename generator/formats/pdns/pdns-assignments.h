/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The assignments of pdns.conf, recursor.conf and the command line, in the order in which they are
 * read (ArgvMap in pdns/arguments.cc of PowerDNS Authoritative Server 4.4 to 4.9 and Recursor 4.8)
 */

#include <stdbool.h>
#include <stddef.h>

struct pdns_assignment {
        char *name;
        char *value;
        bool is_incremental; /* "+=" */
        char *file;
        unsigned line; /* 0: on the command line */
        char *text;    /* the line, to be shown */
};

struct pdns_assignments {
        struct pdns_assignment *items;
        size_t count;
};

/* More than any configuration has. */
enum { PDNS_ASSIGNMENTS_MAX = 10000 };

/**
 * pdns_assignments_add() - parse and add one
 * @argument:   "NAME=VALUE", "NAME+=VALUE" or "NAME", which is an empty value
 * @file:       copied, as @text
 *
 * Those after the first PDNS_ASSIGNMENTS_MAX are dropped.
 *
 * Return: 0 or -ENOMEM.
 */
int pdns_assignments_add(struct pdns_assignments *assignments, const char *argument,
                         const char *file, unsigned line, const char *text);

/**
 * pdns_assignments_read() - add those of the text of a file
 * @content:    changed
 *
 * Return: 0 or -ENOMEM.
 */
int pdns_assignments_read(struct pdns_assignments *assignments, const char *path, char *content);

/**
 * pdns_assignments_get() - the last value of a name
 * @missing:    what to return if there is none
 */
const char *pdns_assignments_get(const struct pdns_assignments *assignments, const char *name,
                                 const char *missing);

/**
 * pdns_assignments_first() - from which index on the assignments of a name count
 *
 * Return: the index of the last one that is not incremental, 0 if there is none.
 */
size_t pdns_assignments_first(const struct pdns_assignments *assignments, const char *name);

void pdns_assignments_clear(struct pdns_assignments *assignments);
