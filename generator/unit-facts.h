/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What a unit's file and drop-ins say that decides whether, and how long, it may wait
 */

#include "unit.h"

struct unit_facts {
        uint64_t start_timeout_usec;    /* TIMESPAN_INFINITY: none */
        bool before_network;            /* starts before the network is configured */
        char *socket;                   /* enabled unit that hands it its sockets, or NULL */
        struct string_list environment; /* Environment=: "NAME=VALUE" */
        struct string_list arguments;   /* ExecStart=: its words without the program */
        char *arguments_file;           /* where the last one stands, or NULL */
};

/**
 * unit_facts_read() - read them
 * @search_path:        of unit_search_path()
 * @unit:               UNIT_FOUND or UNIT_SYSV
 * @ret:                zeroed; unit_facts_clear() it
 *
 * Return: 0 or -ENOMEM. Unreadable files are passed over with a warning.
 */
int unit_facts_read(struct tree *tree, const struct string_list *search_path,
                    const struct unit *unit, struct unit_facts *ret);

/**
 * unit_facts_clear() - free all
 */
void unit_facts_clear(struct unit_facts *facts);
