/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A host as configurations name it: an address, or a name
 */

#include "formats/address-list.h"

/**
 * host_parse_ipv4() - read an IPv4 address as getaddrinfo(3) does: in any spelling of inet_aton(3)
 * @ret:        untouched if it is none
 *
 * Return: whether it is one.
 */
bool host_parse_ipv4(const char *host, struct pattern *ret);

/**
 * host_is_wrong_ipv4() - whether a host has the digits and dots of an IPv4 address, and is none
 *
 * No name of a host is such: the last label of a name is never a number (RFC 3696, section 2).
 */
bool host_is_wrong_ipv4(const char *host);

/**
 * host_add() - append the address that a service binds
 * @host:       an address, with "%SCOPE" or not, without brackets and port; or a name
 * @file:       that says so
 * @line:       in @file
 * @text:       the line, to be shown
 *
 * "", "*" and "localhost" need no wait. Any other name is added by address_list_add_unknown(); what
 * has a colon and is no address, or has a scope that no interface can have, and what
 * host_is_wrong_ipv4() by address_list_add_mistyped().
 *
 * Return: 0 or -ENOMEM.
 */
int host_add(struct address_list *list, const char *host, const char *file, unsigned line,
             const char *text);

/**
 * host_add_bracketed() - the same with brackets around an IPv6 address, or none
 * @host:       "[ADDR]" or anything that host_add() takes
 */
int host_add_bracketed(struct address_list *list, const char *host, const char *file, unsigned line,
                       const char *text);

/**
 * host_add_of(), host_add_bracketed_of() - the same for a service that uses some families only
 * @families:   ADDRESS_IPV6, ADDRESS_IPV4. An address of another one is skipped; so is a name if
 * the list leaves all of these out
 */
int host_add_of(struct address_list *list, unsigned families, const char *host, const char *file,
                unsigned line, const char *text);
int host_add_bracketed_of(struct address_list *list, unsigned families, const char *host,
                          const char *file, unsigned line, const char *text);
