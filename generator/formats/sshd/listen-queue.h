/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * ListenAddress of sshd, which is looked at when all is read: AddressFamily may come later
 */

#include "formats/address-list.h"

/* What ListenAddress and AddressFamily say. A null value is an empty one. */
struct listen_queue {
        struct listen_queue_item *items;
        size_t count;
        bool family_is_set; /* the first one counts, sshd_config(5) */
        unsigned family;    /* of AddressFamily, -4 or -6: ADDRESS_IPV4, ADDRESS_IPV6; 0: both */
};

/**
 * listen_queue_add() - append the first argument of a ListenAddress
 * @argument:   "HOST", "HOST:PORT", "ADDR", "[ADDR]" or "[ADDR]:PORT"; copied, as the others
 * @file:       that says so
 * @line:       in @file, or 0
 * @text:       the line, to be shown
 *
 * Return: 0 or -ENOMEM.
 */
int listen_queue_add(struct listen_queue *queue, const char *argument, const char *file,
                     unsigned line, const char *text);

/**
 * listen_queue_resolve() - append the addresses to a list
 *
 * Return: 0 or -ENOMEM.
 */
int listen_queue_resolve(const struct listen_queue *queue, struct address_list *ret);

/**
 * listen_queue_clear() - free all
 */
void listen_queue_clear(struct listen_queue *queue);
