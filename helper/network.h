/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The network as the kernel reports it: its links, and the addresses that a pattern is about
 *
 * Pure: filled by whoever reads the kernel's messages (monitor.h), or by a test. Messages may come
 * twice, late, or about things unknown; each is taken as the newest word on its subject.
 */

#include "pattern.h"

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct link {
        unsigned index; /* as if_nametoindex(3) */
        bool running;   /* IFF_RUNNING; clear without carrier and while dormant */
        unsigned vrf;   /* index of the VRF that it is in, or is itself; 0: in none */
};

/* A link has one name, and since Linux 5.5 alternative ones, which if_nametoindex(3) takes too. */
struct link_name {
        unsigned index;
        char name[IF_NAMESIZE];
};

struct assigned {
        struct in6_addr address;
        unsigned index; /* the link that holds it */
        uint32_t flags; /* IFA_F_*, linux/if_addr.h */
};

struct network {
        const struct pattern *patterns; /* addresses that none of them covers are not kept */
        size_t n_patterns;
        struct link *links; /* by index */
        size_t n_links;
        struct link_name *names; /* a link's own name before its alternative ones */
        size_t n_names;
        struct assigned *addresses;
        size_t n_addresses;
        unsigned bound_index; /* link that new sockets of this process are bound to; 0: none */
        bool nonlocal_bind;   /* net.ipv6.ip_nonlocal_bind */
};

/**
 * network_done() - free what @network holds, but not its patterns
 */
void network_done(struct network *network);

/**
 * network_forget() - drop all links and addresses, where events about them were lost
 */
void network_forget(struct network *network);

/**
 * network_set_link() - a link is there, or has changed
 * @network:    the network
 * @link:       the link
 * @name:       its name; it replaces all names that the link had
 *
 * Return: 0 or -ENOMEM.
 */
int network_set_link(struct network *network, const struct link *link, const char *name);

/**
 * network_add_name() - a link has an alternative name
 * @network:    the network
 * @index:      the link
 * @name:       ignored if no pattern can hold it (IF_NAMESIZE)
 *
 * Return: 0 or -ENOMEM.
 */
int network_add_name(struct network *network, unsigned index, const char *name);

/**
 * network_remove_link() - a link is gone, and with it its names and addresses
 */
void network_remove_link(struct network *network, unsigned index);

/**
 * network_set_address() - an address is assigned, or its flags have changed
 *
 * Return: 1 if a pattern covers it, 0 if none does and it was left aside, or -ENOMEM.
 */
int network_set_address(struct network *network, const struct assigned *assigned);

/**
 * network_remove_address() - an address is no longer assigned to a link
 *
 * Return: whether it was known.
 */
bool network_remove_address(struct network *network, const struct in6_addr *address,
                            unsigned index);

/**
 * network_find_link() - Return: the link, or NULL
 */
const struct link *network_find_link(const struct network *network, unsigned index);

/**
 * network_find_name() - the link that a pattern's interface stands for
 * @network:    the network
 * @interface:  a name or, if no link is called so, a decimal index
 *
 * Return: the link, or NULL.
 */
const struct link *network_find_name(const struct network *network, const char *interface);

/**
 * network_link_name() - Return: the name of a link, or "" if it is unknown
 */
const char *network_link_name(const struct network *network, unsigned index);
