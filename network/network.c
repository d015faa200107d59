/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/network.h"

#include "common/array.h"

#include <string.h>

void network_done(struct network *network) {
        free(network->links);
        free(network->names);
        free(network->addresses);
        free(network->changes);
        pattern_index_done(&network->index);
        *network = (struct network){ 0 };
}

void network_forget(struct network *network) {
        network->n_links = 0;
        network->n_names = 0;
        network->n_addresses = 0;
        network->n_sorted = 0;
        network->is_up_to_date = false;
}

/* Where the link is, or would have to be inserted. */
static size_t link_position(const struct network *network, unsigned index) {
        size_t low = 0, high = network->n_links;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (network->links[middle].index < index)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static void remove_names(struct network *network, unsigned index) {
        size_t kept = 0;

        for (size_t i = 0; i < network->n_names; i++)
                if (network->names[i].index != index)
                        network->names[kept++] = network->names[i];
        network->n_names = kept;
}

int network_set_link(struct network *network, const struct link *link, const char *name) {
        size_t position = link_position(network, link->index);
        int r;

        if (position == network->n_links || network->links[position].index != link->index) {
                r = array_make_room(network->links, network->n_links);
                if (r < 0)
                        return r;
                memmove(&network->links[position + 1], &network->links[position],
                        (network->n_links - position) * sizeof(struct link));
                network->n_links++;
        }
        network->links[position] = *link;
        network->is_up_to_date = false;

        remove_names(network, link->index);
        return network_add_name(network, link->index, name);
}

int network_add_name(struct network *network, unsigned index, const char *name) {
        size_t length = strlen(name);
        struct link_name *added;
        int r;

        if (length >= IF_NAMESIZE)
                return 0;
        r = array_make_room(network->names, network->n_names);
        if (r < 0)
                return r;

        added = &network->names[network->n_names++];
        added->index = index;
        memcpy(added->name, name, length + 1);
        network->is_up_to_date = false;
        return 0;
}

void network_remove_link(struct network *network, unsigned index) {
        size_t position = link_position(network, index);
        size_t kept = 0;

        if (position < network->n_links && network->links[position].index == index) {
                network->n_links--;
                memmove(&network->links[position], &network->links[position + 1],
                        (network->n_links - position) * sizeof(struct link));
        }
        remove_names(network, index);
        for (size_t i = 0; i < network->n_addresses; i++)
                if (network->addresses[i].index != index)
                        network->addresses[kept++] = network->addresses[i];
        network->n_addresses = kept;
        network->n_sorted = kept;
        network->is_up_to_date = false;
}

static int compare_addresses(const void *left, const void *right) {
        const struct assigned *a = left, *b = right;
        int r = memcmp(&a->address, &b->address, sizeof(a->address));

        if (r != 0)
                return r;
        if (a->index != b->index)
                return a->index < b->index ? -1 : 1;
        if (a->subnet != b->subnet)
                return a->subnet < b->subnet ? -1 : 1;
        return (int)a->subnet_length - (int)b->subnet_length;
}

/* Where the address is, or would have to be inserted. */
static size_t address_position(const struct network *network, const struct assigned *assigned) {
        size_t low = 0, high = network->n_sorted;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (compare_addresses(&network->addresses[middle], assigned) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static bool is_at(const struct network *network, size_t position, const struct assigned *assigned) {
        return position < network->n_sorted &&
               compare_addresses(&network->addresses[position], assigned) == 0;
}

size_t network_find_addresses(const struct network *network, const struct in6_addr *address) {
        return address_position(network, &(struct assigned){ .address = *address });
}

void network_begin_dump(struct network *network) {
        network->in_dump = true;
}

void network_end_dump(struct network *network) {
        size_t kept = 0;

        network->in_dump = false;
        if (network->n_sorted == network->n_addresses)
                return;
        qsort(network->addresses, network->n_addresses, sizeof(struct assigned), compare_addresses);
        for (size_t i = 1; i < network->n_addresses; i++)
                if (compare_addresses(&network->addresses[kept], &network->addresses[i]) != 0)
                        network->addresses[++kept] = network->addresses[i];
        network->n_addresses = kept + 1;
        network->n_sorted = network->n_addresses;
}

/* Builds the index of the patterns when the first address arrives. */
static int prepare_changes(struct network *network) {
        int r;

        if (network->changes || network->n_patterns == 0)
                return 0;
        r = pattern_index_build(&network->index, network->patterns, network->n_patterns);
        if (r >= 0) {
                network->changes = calloc(network->n_patterns, sizeof(bool));
                r = network->changes ? 0 : -ENOMEM;
        }
        if (r < 0)
                pattern_index_done(&network->index);
        return r;
}

static int insert_address(struct network *network, size_t position,
                          const struct assigned *assigned) {
        int r;

        r = array_make_room(network->addresses, network->n_addresses);
        if (r < 0)
                return r;
        if (network->in_dump) {
                network->addresses[network->n_addresses++] = *assigned;
                return 0;
        }
        memmove(&network->addresses[position + 1], &network->addresses[position],
                (network->n_addresses - position) * sizeof(struct assigned));
        network->addresses[position] = *assigned;
        network->n_sorted = ++network->n_addresses;
        return 0;
}

int network_set_address(struct network *network, const struct assigned *assigned) {
        size_t position;
        int r;

        r = prepare_changes(network);
        if (r < 0)
                return r;
        if (!pattern_index_mark(&network->index, &assigned->address, network->changes))
                return 0;
        position = address_position(network, assigned);
        if (is_at(network, position, assigned)) {
                network->addresses[position] = *assigned;
                return 1;
        }
        r = insert_address(network, position, assigned);
        return r < 0 ? r : 1;
}

bool network_remove_address(struct network *network, const struct assigned *gone) {
        size_t position = address_position(network, gone);

        if (!is_at(network, position, gone))
                return false;
        (void)pattern_index_mark(&network->index, &gone->address, network->changes);
        network->n_sorted = --network->n_addresses;
        memmove(&network->addresses[position], &network->addresses[position + 1],
                (network->n_addresses - position) * sizeof(struct assigned));
        return true;
}

bool network_set_nonlocal_bind(struct network *network, unsigned families) {
        if (families == network->nonlocal_bind)
                return false;
        network->nonlocal_bind = families;
        network->is_up_to_date = false;
        return true;
}

void network_set_lacks_ipv6(struct network *network) {
        network->lacks_ipv6 = true;
        network->is_up_to_date = false;
}

void network_set_bound_index(struct network *network, unsigned index) {
        network->bound_index = index;
        network->is_up_to_date = false;
}

size_t network_next_change(const struct network *network, size_t from) {
        const bool *change = NULL;

        if (from >= network->n_patterns)
                return network->n_patterns;
        if (!network->is_up_to_date)
                return from;
        if (network->changes)
                change = memchr(&network->changes[from], 1, network->n_patterns - from);
        return change ? (size_t)(change - network->changes) : network->n_patterns;
}

void network_forget_changes(struct network *network) {
        network->is_up_to_date = true;
        if (network->changes)
                memset(network->changes, false, network->n_patterns);
}

const struct link *network_find_link(const struct network *network, unsigned index) {
        size_t position = link_position(network, index);

        if (position == network->n_links || network->links[position].index != index)
                return NULL;
        return &network->links[position];
}

const struct link *network_find_name(const struct network *network, const char *interface) {
        unsigned long index;
        char *end;

        for (size_t i = 0; i < network->n_names; i++)
                if (strcmp(network->names[i].name, interface) == 0)
                        return network_find_link(network, network->names[i].index);

        index = strtoul(interface, &end, 10);
        if (*end != '\0' || index == 0 || index > INT32_MAX)
                return NULL;
        return network_find_link(network, (unsigned)index);
}

const char *network_link_name(const struct network *network, unsigned index) {
        for (size_t i = 0; i < network->n_names; i++)
                if (network->names[i].index == index)
                        return network->names[i].name;
        return "";
}
