/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The addresses found so far, as far as later statements may still take them back
 */

#include "formats/address-list.h"

struct candidates {
        struct address_list addresses;
        struct candidate_origin {
                size_t directive; /* index of its Directive= */
                size_t block;     /* number of the block it stood in */
        } * origins;              /* one for each address */
};

/**
 * candidates_add() - append an address
 * Arguments as of address_list_add().
 *
 * Return: 0 or -ENOMEM.
 */
int candidates_add(struct candidates *found, struct candidate_origin origin,
                   const struct pattern *pattern, const char *file, unsigned line,
                   const char *text);

/**
 * candidates_replace() - forget what a directive said before in the same block
 */
void candidates_replace(struct candidates *found, struct candidate_origin origin);

/**
 * candidates_clear() - free all
 */
void candidates_clear(struct candidates *found);
