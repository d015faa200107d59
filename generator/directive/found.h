/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The addresses found so far, as far as later statements may still take them back
 */

#include "address-list.h"

struct found {
        struct address_list addresses;
        struct found_origin {
                size_t directive; /* index of its Directive= */
                size_t block;     /* number of the block it stood in */
        } * origins;              /* one for each address */
};

/**
 * found_add() - append an address
 * Arguments as of address_list_add().
 *
 * Return: 0 or -ENOMEM.
 */
int found_add(struct found *found, struct found_origin origin, const struct pattern *pattern,
              const char *file, unsigned line, const char *text);

/**
 * found_replace() - forget what a directive said before in the same block
 */
void found_replace(struct found *found, struct found_origin origin);

/**
 * found_clear() - free all
 */
void found_clear(struct found *found);
