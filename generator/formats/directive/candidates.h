/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The addresses so far, which later statements may still replace
 */

#include "config/directive-language.h"
#include "formats/address-list.h"

struct candidate_origin {
        size_t directive; /* index of its Directive= */
        size_t block;     /* blocks_number() of the block around it */
};

struct candidates {
        struct address_list addresses;
        struct candidate_origin *origins; /* one for each address */
        struct candidate_unknown {        /* values that are no addresses, but should be */
                struct candidate_origin origin;
                char *file;
                unsigned line;
                char *text;
                const char *reason;
                bool is_mistyped;
        } * unknown;
        size_t unknown_count;
};

/* The origin of an address that no statement replaces. */
#define CANDIDATE_FINAL ((struct candidate_origin){ SIZE_MAX, 0 })

/* Where values were found; as in struct address. */
struct place {
        const char *file;
        unsigned line;
        const char *text;
};

/**
 * candidates_add_values() - append the addresses among the values of a directive or option
 * @language:   how values are written
 * @values:     what may be no address is skipped; a name of a host, a variable and an address with
 * a mistake are kept as unknown
 *
 * Return: 0 or -ENOMEM.
 */
int candidates_add_values(struct candidates *candidates, const struct directive_language *language,
                          struct candidate_origin origin, const char *values,
                          const struct place *place);

/**
 * candidates_add_interface() - append all addresses of the interface that the first value names
 * @values:     "lo" and what is no name of an interface are skipped
 *
 * Return: 0 or -ENOMEM.
 */
int candidates_add_interface(struct candidates *candidates, struct candidate_origin origin,
                             const char *values, const struct place *place);

/**
 * candidates_replace() - drop the addresses of a directive in the same block
 */
void candidates_replace(struct candidates *candidates, struct candidate_origin origin);

/**
 * candidates_replace_files() - drop the addresses of all directives
 */
void candidates_replace_files(struct candidates *candidates);

/**
 * candidates_move_of() - append all that is left, and log what is unknown of it
 * @families:   ADDRESS_IPV6, ADDRESS_IPV4; addresses of another one are left out
 * @ret:        as address_list_add_unknown()
 *
 * Return: 0 or -ENOMEM.
 */
int candidates_move_of(struct candidates *candidates, unsigned families, struct address_list *ret);

/**
 * candidates_clear() - free all
 */
void candidates_clear(struct candidates *candidates);
