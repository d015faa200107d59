/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The network as the kernel reports it: its links, and the addresses that a pattern covers
 *
 * It asks the kernel for nothing: messages (message.h), or a test, fill it. Messages may arrive
 * twice, late, or about unknown links and addresses; the last one about each counts.
 *
 * It marks the patterns that a change may matter to, for helper/target.h: with thousands of
 * patterns, to update the status of all of them at each event would take most of the time of the
 * wait.
 */

#include "network/pattern-index.h"

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

/* A link has one name, and since Linux 5.5 alternative ones, which if_nametoindex(3) accepts too.
 */
struct link_name {
        unsigned index;
        char name[IF_NAMESIZE];
};

struct assigned {
        struct in6_addr address; /* of IPv4, the IPv4-mapped one */
        unsigned index;          /* the link that holds it; 0: none (dump.h) */
        uint32_t flags;          /* IFA_F_*, linux/if_addr.h */
        /* A link may hold an IPv4 address more than once, in different subnets or with different
         * peers (__inet_insert_ifa()): IFA_ADDRESS and ifa_prefixlen. 0 of IPv6. */
        uint32_t subnet;
        uint8_t subnet_length;
};

struct network {
        const struct pattern *patterns; /* addresses that none of them covers are not kept */
        size_t n_patterns;
        struct link *links; /* by index */
        size_t n_links;
        struct link_name *names; /* a link's own name before its alternative ones */
        size_t n_names;
        struct assigned *addresses; /* by address, by index of the link, by subnet */
        size_t n_addresses;
        size_t n_sorted;        /* so many of them; fewer than all within a dump only */
        bool in_dump;           /* between network_begin_dump() and network_end_dump() */
        unsigned bound_index;   /* link that new sockets of this process are bound to; 0: none */
        unsigned nonlocal_bind; /* families of which net.*.ip_nonlocal_bind is on */
        bool lacks_ipv6;        /* the kernel has none, but there is IPv4 to wait for */
        struct pattern_index index;
        bool *changes;      /* for each pattern whether a change may matter to it */
        bool is_up_to_date; /* except for .changes; clear if a change may matter to all patterns */
};

/**
 * network_done() - free what @network holds, but not its patterns
 */
void network_done(struct network *network);

/**
 * network_forget() - drop all links and addresses, since events about them were lost
 */
void network_forget(struct network *network);

/**
 * network_begin_dump() - many addresses are about to be set
 *
 * Until network_end_dump() they are only appended, and address_status() is wrong.
 */
void network_begin_dump(struct network *network);

/**
 * network_end_dump() - sort what has been set since network_begin_dump()
 *
 * Of an address that was set more than once meanwhile one is kept. It does not matter which: if the
 * address has changed during the dump, an event about it is still unread (monitor.h).
 */
void network_end_dump(struct network *network);

/**
 * network_set_nonlocal_bind() - set the families of which net.*.ip_nonlocal_bind is on
 * @families:   ADDRESS_IPV6, ADDRESS_IPV4
 *
 * Return: whether something has changed.
 */
bool network_set_nonlocal_bind(struct network *network, unsigned families);

/**
 * network_set_lacks_ipv6() - set that no IPv6 address can ever be bound
 */
void network_set_lacks_ipv6(struct network *network);

/**
 * network_set_bound_index() - set the link that new sockets of this process are bound to
 */
void network_set_bound_index(struct network *network, unsigned index);

/**
 * network_next_change() - find a pattern that a change may matter to
 * @network:    the network
 * @from:       the position of the first pattern to check
 *
 * At the beginning, and after a change of a link, it may matter to all.
 *
 * Return: the position of the pattern; .n_patterns if there is no more.
 */
size_t network_next_change(const struct network *network, size_t from);

/**
 * network_forget_changes() - the status of all patterns is up to date
 */
void network_forget_changes(struct network *network);

/**
 * network_find_addresses() - find the first address that does not sort before a given one
 *
 * Return: the position of the first in .addresses; .n_addresses if there is none.
 */
size_t network_find_addresses(const struct network *network, const struct in6_addr *address);

/**
 * network_set_link() - add a link, or replace what is known of it
 * @network:    the network
 * @link:       the link
 * @name:       its name; it replaces all names that the link had
 *
 * Return: 0 or -ENOMEM.
 */
int network_set_link(struct network *network, const struct link *link, const char *name);

/**
 * network_add_name() - add an alternative name of a link
 * @network:    the network
 * @index:      the link
 * @name:       ignored if no pattern can hold it (IF_NAMESIZE)
 *
 * Return: 0 or -ENOMEM.
 */
int network_add_name(struct network *network, unsigned index, const char *name);

/**
 * network_remove_link() - remove a link with its names and addresses
 */
void network_remove_link(struct network *network, unsigned index);

/**
 * network_set_address() - add an address of a link, or replace its flags
 *
 * Return: 1 if a pattern covers it, 0 if none does and it was ignored, or -ENOMEM.
 */
int network_set_address(struct network *network, const struct assigned *assigned);

/**
 * network_remove_address() - remove an address of a link
 * @gone:       its flags do not matter
 *
 * Return: whether it was known.
 */
bool network_remove_address(struct network *network, const struct assigned *gone);

/**
 * network_find_link() - Return: the link, or NULL
 */
const struct link *network_find_link(const struct network *network, unsigned index);

/**
 * network_find_name() - find the link that a pattern's interface means
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
