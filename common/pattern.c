/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/pattern.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char ANY[] = "any", ANY_IPV4[] = "any-ipv4";

static const struct in6_addr IPV4_UNSPECIFIED = { .s6_addr = { [10] = 0xff, [11] = 0xff } };

/* ASCII only, whatever the locale: isalnum(3) would ask it. */
static const char SCOPE_CHARACTERS[] = "abcdefghijklmnopqrstuvwxyz"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789_.@:-";

static int parse_scope(const char *text, char ret[static IF_NAMESIZE]) {
        size_t length = strlen(text);

        if (length == 0 || length >= IF_NAMESIZE || text[strspn(text, SCOPE_CHARACTERS)] != '\0')
                return -ENODEV;

        memcpy(ret, text, length + 1);
        return 0;
}

struct in6_addr pattern_map_ipv4(const void *ipv4) {
        struct in6_addr ret = IPV4_UNSPECIFIED;

        memcpy(&ret.s6_addr[12], ipv4, sizeof(struct in_addr));
        return ret;
}

static int parse_ip(const char *text, struct in6_addr *ret) {
        struct in_addr ipv4;

        if (inet_pton(AF_INET6, text, ret) == 1)
                return 0;
        if (inet_pton(AF_INET, text, &ipv4) != 1)
                return -EINVAL;

        *ret = pattern_map_ipv4(&ipv4);
        return 0;
}

static int parse_prefix_length(const char *text, uint8_t *ret) {
        unsigned value = 0;

        if (text[0] == '\0' || strlen(text) > 3)
                return -EINVAL;
        for (const char *p = text; *p; p++) {
                if (*p < '0' || *p > '9')
                        return -EINVAL;
                value = value * 10 + (unsigned)(*p - '0');
        }
        if (value > 128)
                return -EINVAL;

        *ret = (uint8_t)value;
        return 0;
}

void pattern_clear_host_bits(struct in6_addr *address, unsigned prefix_length) {
        unsigned kept = prefix_length / 8;

        if (kept >= sizeof(address->s6_addr))
                return;
        address->s6_addr[kept] &= (uint8_t)(0xff00U >> prefix_length % 8);
        memset(&address->s6_addr[kept + 1], 0, sizeof(address->s6_addr) - kept - 1);
}

bool pattern_is_ipv4(const struct pattern *pattern) {
        return pattern->prefix_length >= PATTERN_IPV4_BITS &&
               IN6_IS_ADDR_V4MAPPED(&pattern->address);
}

unsigned pattern_family(const struct pattern *pattern) {
        return pattern_is_ipv4(pattern) ? ADDRESS_IPV4 : ADDRESS_IPV6;
}

/* "any" or "any-ipv4". Return: whether it is that. */
static bool parse_any(const char *text, struct pattern *pattern) {
        bool is_ipv4 = strcmp(text, ANY_IPV4) == 0;

        if (!is_ipv4 && strcmp(text, ANY) != 0)
                return false;
        pattern->is_prefix = true;
        if (is_ipv4) {
                pattern->address = IPV4_UNSPECIFIED;
                pattern->prefix_length = PATTERN_IPV4_BITS;
        }
        return true;
}

/* The length behind the slash, of IPv4 without PATTERN_IPV4_BITS. */
static int parse_length(const char *text, bool is_dotted_quad, uint8_t *ret) {
        int r = parse_prefix_length(text, ret);

        if (r < 0 || !is_dotted_quad)
                return r;
        if (*ret > 128 - PATTERN_IPV4_BITS)
                return -EINVAL;
        *ret += PATTERN_IPV4_BITS;
        return 0;
}

/* ADDR[/LEN], "any" or "any-ipv4" */
static int parse_body(char *text, struct pattern *pattern) {
        char *slash = strchr(text, '/');
        int r;

        if (parse_any(text, pattern))
                return 0;

        if (slash)
                *slash = '\0';
        r = parse_ip(text, &pattern->address);
        if (r < 0)
                return r;
        pattern->prefix_length = 128;
        if (!slash)
                return 0;

        r = parse_length(slash + 1, !strchr(text, ':'), &pattern->prefix_length);
        if (r < 0)
                return r;
        pattern->is_prefix = true;
        pattern_clear_host_bits(&pattern->address, pattern->prefix_length);
        return 0;
}

int pattern_parse(const char *text, struct pattern *ret) {
        char body[INET6_ADDRSTRLEN + sizeof("/128")];
        const char *percent = strchrnul(text, '%');
        size_t length = (size_t)(percent - text);
        struct pattern pattern = { 0 };
        int r;

        if (length >= sizeof(body))
                return -EINVAL;
        memcpy(body, text, length);
        body[length] = '\0';

        r = parse_body(body, &pattern);
        if (r < 0)
                return r;
        if (*percent == '%') {
                r = parse_scope(percent + 1, pattern.interface);
                if (r < 0)
                        return r;
        }

        *ret = pattern;
        return 0;
}

int pattern_parse_address(const char *text, struct pattern *ret) {
        struct pattern pattern;
        int r;

        r = pattern_parse(text, &pattern);
        if (r < 0)
                return r;
        if (pattern.is_prefix)
                return -EINVAL;

        *ret = pattern;
        return 0;
}

static const char *format_address(const struct pattern *pattern,
                                  char buffer[static INET6_ADDRSTRLEN]) {
        if (pattern_is_ipv4(pattern))
                return inet_ntop(AF_INET, &pattern->address.s6_addr32[3], buffer, INET6_ADDRSTRLEN);
        return inet_ntop(AF_INET6, &pattern->address, buffer, INET6_ADDRSTRLEN);
}

char *pattern_format(const struct pattern *pattern, char buffer[static PATTERN_STRING_SIZE]) {
        bool is_ipv4 = pattern_is_ipv4(pattern);
        unsigned bits = pattern->prefix_length - (is_ipv4 ? (unsigned)PATTERN_IPV4_BITS : 0);
        bool any = pattern->is_prefix && bits == 0;
        char address[INET6_ADDRSTRLEN];
        char length[sizeof("/128")] = "";

        if (pattern->is_prefix && !any)
                (void)snprintf(length, sizeof(length), "/%u", bits);
        (void)snprintf(buffer, PATTERN_STRING_SIZE, "%s%s%s%s",
                       any ? (is_ipv4 ? ANY_IPV4 : ANY) : format_address(pattern, address), length,
                       pattern->interface[0] ? "%" : "", pattern->interface);
        return buffer;
}

int pattern_compare(const struct pattern *a, const struct pattern *b) {
        int r;

        r = memcmp(&a->address, &b->address, sizeof(a->address));
        if (r != 0)
                return r;
        if (a->is_prefix != b->is_prefix)
                return a->is_prefix ? 1 : -1;
        if (a->prefix_length != b->prefix_length)
                return a->prefix_length < b->prefix_length ? -1 : 1;
        return strcmp(a->interface, b->interface);
}

bool pattern_covers(const struct pattern *pattern, const struct in6_addr *address) {
        struct in6_addr network = *address;

        if (IN6_IS_ADDR_V4MAPPED(address) && pattern->prefix_length < PATTERN_IPV4_BITS)
                return false;
        pattern_clear_host_bits(&network, pattern->prefix_length);
        return memcmp(&network, &pattern->address, sizeof(network)) == 0;
}

static bool ipv4_needs_no_waiting(in_addr_t address) {
        return address == INADDR_ANY || address == INADDR_BROADCAST || IN_MULTICAST(address) ||
               address >> IN_CLASSA_NSHIFT == IN_LOOPBACKNET;
}

bool pattern_needs_no_waiting(const struct pattern *pattern) {
        const struct in6_addr *address = &pattern->address;

        if (pattern->is_prefix)
                return false;
        if (pattern_is_ipv4(pattern))
                return ipv4_needs_no_waiting(ntohl(address->s6_addr32[3]));
        return IN6_IS_ADDR_UNSPECIFIED(address) || IN6_IS_ADDR_LOOPBACK(address) ||
               IN6_IS_ADDR_MULTICAST(address);
}
