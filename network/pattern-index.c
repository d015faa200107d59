/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/pattern-index.h"

#include "common/array.h"

#include <string.h>

static int compare(const void *left, const void *right) {
        const struct pattern_index_entry *a = left, *b = right;

        if (a->prefix_length != b->prefix_length)
                return a->prefix_length < b->prefix_length ? -1 : 1;
        return memcmp(&a->address, &b->address, sizeof(a->address));
}

static int find_lengths(struct pattern_index *index) {
        for (size_t i = 0; i < index->n_entries; i++) {
                int r;

                if (i > 0 && index->entries[i].prefix_length == index->entries[i - 1].prefix_length)
                        continue;
                r = array_make_room(index->begins, index->n_begins);
                if (r < 0)
                        return r;
                index->begins[index->n_begins++] = i;
        }
        return 0;
}

int pattern_index_build(struct pattern_index *index, const struct pattern *patterns,
                        size_t n_patterns) {
        if (n_patterns == 0)
                return 0;
        index->entries = calloc(n_patterns, sizeof(*index->entries));
        if (!index->entries)
                return -ENOMEM;

        for (size_t i = 0; i < n_patterns; i++)
                index->entries[i] =
                        (struct pattern_index_entry){ .address = patterns[i].address,
                                                      .position = (uint32_t)i,
                                                      .prefix_length = patterns[i].prefix_length };
        index->n_entries = n_patterns;
        qsort(index->entries, n_patterns, sizeof(*index->entries), compare);
        return find_lengths(index);
}

/* The first of the entries from low to high that is not below the address. */
static size_t lower_bound(const struct pattern_index *index, size_t low, size_t high,
                          const struct in6_addr *address) {
        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (memcmp(&index->entries[middle].address, address, sizeof(*address)) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

bool pattern_index_mark(const struct pattern_index *index, const struct in6_addr *address,
                        bool *marks) {
        bool ret = false;

        for (size_t i = 0; i < index->n_begins; i++) {
                size_t begin = index->begins[i];
                size_t end = i + 1 < index->n_begins ? index->begins[i + 1] : index->n_entries;
                struct in6_addr network = *address;

                if (IN6_IS_ADDR_V4MAPPED(address) &&
                    index->entries[begin].prefix_length < PATTERN_IPV4_BITS)
                        continue; /* as pattern_covers(): an IPv6 prefix covers no IPv4 address */
                pattern_clear_host_bits(&network, index->entries[begin].prefix_length);
                for (size_t j = lower_bound(index, begin, end, &network);
                     j < end && IN6_ARE_ADDR_EQUAL(&index->entries[j].address, &network); j++) {
                        marks[index->entries[j].position] = true;
                        ret = true;
                }
        }
        return ret;
}

void pattern_index_done(struct pattern_index *index) {
        free(index->entries);
        free(index->begins);
        *index = (struct pattern_index){ 0 };
}
