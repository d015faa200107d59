/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network.h"

#include "array.h"

#include <string.h>

void network_done(struct network *network) {
        free(network->links);
        free(network->names);
        free(network->addresses);
        *network = (struct network){ 0 };
}

void network_forget(struct network *network) {
        network->n_links = 0;
        network->n_names = 0;
        network->n_addresses = 0;
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
}

static bool is_wanted(const struct network *network, const struct in6_addr *address) {
        for (size_t i = 0; i < network->n_patterns; i++)
                if (pattern_covers(&network->patterns[i], address))
                        return true;
        return false;
}

static struct assigned *find_address(const struct network *network, const struct in6_addr *address,
                                     unsigned index) {
        for (size_t i = 0; i < network->n_addresses; i++) {
                struct assigned *assigned = &network->addresses[i];

                if (assigned->index == index && IN6_ARE_ADDR_EQUAL(&assigned->address, address))
                        return assigned;
        }
        return NULL;
}

int network_set_address(struct network *network, const struct assigned *assigned) {
        struct assigned *known;
        int r;

        if (!is_wanted(network, &assigned->address))
                return 0;
        known = find_address(network, &assigned->address, assigned->index);
        if (!known) {
                r = array_make_room(network->addresses, network->n_addresses);
                if (r < 0)
                        return r;
                known = &network->addresses[network->n_addresses++];
        }
        *known = *assigned;
        return 1;
}

bool network_remove_address(struct network *network, const struct in6_addr *address,
                            unsigned index) {
        struct assigned *known = find_address(network, address, index);

        if (!known)
                return false;
        *known = network->addresses[--network->n_addresses];
        return true;
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
