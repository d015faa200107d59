/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Address pattern: ADDR[/LEN][%IFACE], "any[%IFACE]" or "any-ipv4[%IFACE]"
 *
 * The generator writes patterns into drop-ins, and the helper waits for them. An exact address is
 * waited for until it is assigned and past DAD; a prefix means every address assigned in it at
 * present. An IPv4 address is kept as the IPv4-mapped one (RFC 4291, section 2.5.5.2), since a
 * socket that is bound to either needs the same address of the machine.
 */

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Families of addresses, as bits. */
enum {
        ADDRESS_IPV6 = 1,
        ADDRESS_IPV4 = 2,
};

enum { PATTERN_IPV4_BITS = 96 }; /* of ::ffff:0:0/96, which IPv4 addresses are in */

struct pattern {
        struct in6_addr address;     /* network byte order; bits behind prefix_length are zero */
        uint8_t prefix_length;       /* bits, 0 to 128; 128 for an exact address; of IPv4,
                                        PATTERN_IPV4_BITS more than what is written */
        bool is_prefix;              /* "/LEN" or "any" was written, also for /128 */
        char interface[IF_NAMESIZE]; /* name or decimal index; "": whichever holds the address */
};

/* Bytes that hold any formatted pattern, with its terminating NUL. */
enum { PATTERN_STRING_SIZE = INET6_ADDRSTRLEN + sizeof("/128") + IF_NAMESIZE };

/**
 * pattern_parse() - read a pattern
 * @text:       NUL-terminated text; "any" is ::/0, "any-ipv4" is 0.0.0.0/0
 * @ret:        the pattern; untouched on error
 *
 * Return: 0; -EINVAL if @text is no address, prefix length or "any"; -ENODEV if its scope is
 * empty, longer than an interface name can be (IF_NAMESIZE - 1), or holds a character other than
 * letters, digits and "_.@:-". These survive systemd's unquoting (systemd.syntax(7)) as they are.
 */
int pattern_parse(const char *text, struct pattern *ret);

/**
 * pattern_parse_address() - read an exact address
 * @text:       NUL-terminated ADDR[%IFACE]
 * @ret:        the pattern; untouched on error
 *
 * For configuration files of services, where "any" is a host name and "/" a mistake.
 *
 * Return: 0, -EINVAL or -ENODEV as pattern_parse().
 */
int pattern_parse_address(const char *text, struct pattern *ret);

/**
 * pattern_format() - write a pattern in canonical form (RFC 5952; IPv4 as a dotted quad)
 * @pattern:    the pattern
 * @buffer:     receives the text
 *
 * Return: @buffer. pattern_parse() reads the same pattern from it.
 */
char *pattern_format(const struct pattern *pattern, char buffer[static PATTERN_STRING_SIZE]);

/**
 * pattern_compare() - total order of patterns, for sorting and for equality
 *
 * Return: less than, equal to or greater than 0, as memcmp(3).
 */
int pattern_compare(const struct pattern *a, const struct pattern *b);

/**
 * pattern_map_ipv4() - the IPv4-mapped address of an IPv4 address
 * @ipv4:       a struct in_addr, which need not be aligned
 *
 * Return: the address.
 */
struct in6_addr pattern_map_ipv4(const void *ipv4);

/**
 * pattern_is_ipv4() - whether a pattern is an IPv4 address or an IPv4 prefix
 */
bool pattern_is_ipv4(const struct pattern *pattern);

/**
 * pattern_family() - Return: ADDRESS_IPV4 or ADDRESS_IPV6
 */
unsigned pattern_family(const struct pattern *pattern);

/**
 * pattern_covers() - whether an address lies in a pattern; the interface is ignored
 *
 * An IPv6 prefix covers no IPv4-mapped address, not even "any".
 */
bool pattern_covers(const struct pattern *pattern, const struct in6_addr *address);

/**
 * pattern_clear_host_bits() - clear the bits of an address behind a prefix
 */
void pattern_clear_host_bits(struct in6_addr *address, unsigned prefix_length);

/**
 * pattern_needs_no_waiting() - whether bind() to a pattern succeeds at any time
 *
 * True of ::, ::1 and IPv6 multicast: RFC 4862 section 5.4 runs DAD on unicast addresses only, and
 * the kernel skips it on the loopback interface. True of 0.0.0.0, 127.0.0.0/8, IPv4 multicast and
 * 255.255.255.255: the kernel has them without an assignment (inet_addr_valid_or_nonlocal()).
 * Never true of a prefix: it means other addresses.
 */
bool pattern_needs_no_waiting(const struct pattern *pattern);
