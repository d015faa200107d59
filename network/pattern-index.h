/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Pattern index: which of thousands of patterns cover an address
 *
 * The patterns are sorted by prefix length, then by address. For each length that occurs the
 * address is masked and searched by bisection. So exact addresses and prefixes are found alike, in
 * time that grows with the logarithm of their number, and with the number of different lengths, at
 * most 129.
 */

#include "common/pattern.h"

#include <stddef.h>

struct pattern_index_entry {
        struct in6_addr address;
        uint32_t position; /* of the pattern, in the array that was indexed */
        uint8_t prefix_length;
};

struct pattern_index {
        struct pattern_index_entry *entries; /* sorted */
        size_t n_entries;
        size_t *begins; /* for each prefix length that occurs, where its entries begin */
        size_t n_begins;
};

/**
 * pattern_index_build() - sort patterns
 * @index:      empty; to be freed with pattern_index_done(), also on error
 * @patterns:   the patterns; not needed afterwards
 * @n_patterns: how many, at most UINT32_MAX
 *
 * Return: 0 or -ENOMEM.
 */
int pattern_index_build(struct pattern_index *index, const struct pattern *patterns,
                        size_t n_patterns);

/**
 * pattern_index_mark() - mark the patterns that cover an address
 * @index:      the index
 * @address:    the address; interfaces are ignored, as by pattern_covers()
 * @marks:      one for each pattern, by its position; set where the pattern covers the address,
 *              untouched elsewhere
 *
 * Return: whether there is one.
 */
bool pattern_index_mark(const struct pattern_index *index, const struct in6_addr *address,
                        bool *marks);

/**
 * pattern_index_done() - free what the index holds
 */
void pattern_index_done(struct pattern_index *index);
