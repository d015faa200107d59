/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What unbound.conf or nsd.conf sets, and which addresses follow from it
 */

#include "formats/address-list.h"
#include "formats/unbound/keywords.h"

struct place {
        const char *file;
        unsigned line;
        const char *text; /* the line, to be shown */
};

struct listener_value {
        char *value;
        char *file;
        unsigned line;
        char *text;
};

struct listeners {
        struct {
                struct listener_value *items;
                size_t count;
        } values[LISTENER_COUNT];
        bool flags[FLAG_COUNT];
};

/**
 * listeners_add() - keep the value of an address keyword
 * @value:      an address, "ADDRESS@PORT", the name of an interface, or the path of a socket
 *
 * Return: 0 or -ENOMEM.
 */
int listeners_add(struct listeners *listeners, enum listener listener, const char *value,
                  const struct place *place);

/**
 * listeners_collect_unbound(), listeners_collect_nsd() - the addresses that need to be assigned
 *
 * Return: 0 or -ENOMEM.
 */
int listeners_collect_unbound(const struct listeners *listeners, struct address_list *ret);
int listeners_collect_nsd(const struct listeners *listeners, struct address_list *ret);

/**
 * listeners_clear() - free all
 */
void listeners_clear(struct listeners *listeners);
