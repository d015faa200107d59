/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/haproxy/address.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum family {
        FAMILY_ANY,
        FAMILY_IPV4,
        FAMILY_IPV6,
        FAMILY_OTHER, /* no internet address */
};

static const char *const TYPES[] = { "dgram+", "quic+", "stream+" };

static const struct {
        const char *text;
        enum family family;
} PREFIXES[] = {
        { "abns@", FAMILY_OTHER },     { "abnsz@", FAMILY_OTHER }, { "fd@", FAMILY_OTHER },
        { "ip@", FAMILY_ANY },         { "ipv4@", FAMILY_IPV4 },   { "ipv6@", FAMILY_IPV6 },
        { "mptcp4@", FAMILY_IPV4 },    { "mptcp6@", FAMILY_IPV6 }, { "mptcp@", FAMILY_ANY },
        { "quic4@", FAMILY_IPV4 },     { "quic6@", FAMILY_IPV6 },  { "rhttp@", FAMILY_OTHER },
        { "sockpair@", FAMILY_OTHER }, { "tcp4@", FAMILY_IPV4 },   { "tcp6@", FAMILY_IPV6 },
        { "tcp@", FAMILY_ANY },        { "udp4@", FAMILY_IPV4 },   { "udp6@", FAMILY_IPV6 },
        { "udp@", FAMILY_ANY },        { "unix@", FAMILY_OTHER },  { "uxdg@", FAMILY_OTHER },
        { "uxst@", FAMILY_OTHER },     { "/", FAMILY_OTHER },
};

static enum family cut_prefix(const char **text) {
        for (size_t i = 0; i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
                if (strncmp(*text, TYPES[i], strlen(TYPES[i])) == 0) {
                        *text += strlen(TYPES[i]);
                        break;
                }
        for (size_t i = 0; i < sizeof(PREFIXES) / sizeof(PREFIXES[0]); i++)
                if (strncmp(*text, PREFIXES[i].text, strlen(PREFIXES[i].text)) == 0) {
                        *text += strlen(PREFIXES[i].text);
                        return PREFIXES[i].family;
                }
        return FAMILY_ANY;
}

/* The port is behind the last colon, unless that is in brackets. */
static size_t host_length(const char *text) {
        const char *colon = strrchr(text, ':'), *bracket = strrchr(text, ']');

        return colon && (!bracket || colon > bracket) ? (size_t)(colon - text) : strlen(text);
}

int address_parse(const char *text, struct pattern *ret) {
        enum family family = cut_prefix(&text);
        size_t length = host_length(text);
        struct pattern address;
        char host[64];

        if (family == FAMILY_OTHER || length == 0)
                return 0;
        if (length >= sizeof(host))
                return -EINVAL;
        if (text[0] == '[' && text[length - 1] == ']') {
                text++;
                length -= 2;
        }
        (void)snprintf(host, sizeof(host), "%.*s", (int)length, text);
        if (strcmp(host, "*") == 0)
                return 0;
        if (strcasecmp(host, "localhost") == 0)
                return 0;
        if (strchr(host, '%') || pattern_parse_address(host, &address) < 0)
                return -EINVAL;
        if (family == (strchr(host, ':') ? FAMILY_IPV4 : FAMILY_IPV6))
                return -EINVAL;
        *ret = address;
        return 1;
}
