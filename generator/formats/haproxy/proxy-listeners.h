/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The listeners of one section: they count only if the section does, which its last line may decide
 */

#include "common/string-list.h"
#include "formats/address-list.h"
#include "formats/haproxy/truth.h"
#include "formats/haproxy/variable-store.h"

struct listeners {
        struct listener *items;
        size_t count;
};

/* Where a listener is written. Borrowed. */
struct listener_place {
        const char *file;
        unsigned line;
        const char *text; /* of the line */
        enum truth holds; /* whether the line takes effect */
};

/**
 * haproxy_listeners_add() - append what `bind` and its like say
 * @addresses:  with commas between
 * @options:    words that follow; ends with NULL
 *
 * Return: 0 or -ENOMEM.
 */
int haproxy_listeners_add(struct listeners *listeners, const struct listener_place *place,
                          const char *addresses, char *const *options,
                          const struct variables *variables);

/**
 * haproxy_listeners_end() - end the section: add its addresses to those that haproxy binds
 * @counts:     whether haproxy binds those of this section
 *
 * The listeners are empty afterwards.
 *
 * Return: 0 or -ENOMEM.
 */
int haproxy_listeners_end(struct listeners *listeners, enum truth counts, struct address_list *ret);

/**
 * haproxy_listeners_clear() - free all
 */
void haproxy_listeners_clear(struct listeners *listeners);
