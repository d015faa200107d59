/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Socket units that listen on an IPv6 address of this machine (systemd.socket(5))
 *
 * systemd binds their addresses before the network is configured, so they cannot wait. Their cure
 * is FreeBind=yes, with which bind() does not ask for the address: section [sockets] of
 * dadwait.conf(5) has it written.
 */

#include "config/assignments.h"
#include "units/unit-index.h"

struct socket_drop_in {
        char *name;    /* of the unit */
        char *file;    /* where it says so */
        char *setting; /* what it says: "ListenStream=[2001:db8::1]:80" */
};

struct socket_drop_ins {
        struct socket_drop_in *items;
        size_t count;
        bool wanted; /* FreeBind=yes in section [sockets] */
};

/**
 * socket_drop_ins_find() - find the socket units that could fail
 * @config:             of assignment_list_read()
 * @units:      of unit_index_read()
 * @ret:                zeroed; receives those with an address that may be tentative and neither
 *                      FreeBind= nor Transparent=, sorted by name; masked ones and aliases left out
 *
 * Return: 0 or -ENOMEM. What cannot be read is passed over.
 */
int socket_drop_ins_find(struct tree *tree, const struct assignment_list *config,
                         const struct unit_index *units, struct socket_drop_ins *ret);

/**
 * socket_drop_ins_format() - the text of the drop-in for one of them
 *
 * Return: to be freed by the caller; NULL if out of memory.
 */
char *socket_drop_ins_format(const struct socket_drop_in *socket);

/**
 * socket_drop_ins_clear() - free all
 */
void socket_drop_ins_clear(struct socket_drop_ins *list);
