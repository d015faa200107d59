/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/quadlet/publish.h"

#include "common/cleanup.h"
#include "log.h"

#include <string.h>

static size_t count_colons(const char *text, const char *end) {
        size_t count = 0;

        for (; text < end; text++)
                count += *text == ':';
        return count;
}

/* Whether what is behind the bracket is ":HOST-PORTS:PORTS", with a protocol or without. */
static bool has_ports(const char *text) {
        const char *end = text + strcspn(text, "/");

        return text[0] == ':' && count_colons(text, end) == 2 && end[-1] != ':';
}

/* "ADDRESS:PORT:PORT". Return: whether it is that, with an IPv4 address. */
static bool parse_ipv4(const char *value, struct pattern *ret) {
        char address[INET_ADDRSTRLEN];
        size_t length = strcspn(value, ":");

        if (count_colons(value, value + strcspn(value, "/")) != 2 || length >= sizeof(address))
                return false;
        memcpy(address, value, length);
        address[length] = '\0';
        return pattern_parse_address(address, ret) == 0;
}

static void log_not_understood(const struct publish_origin *origin) {
        log_warning(origin->file, origin->line,
                    "Not [ADDRESS]:PORT:PORT, which podman takes, ignoring: %s", origin->text);
}

/* IPv4 has at most two colons: ADDRESS:PORT:PORT. */
static bool may_be_ipv6(const char *value) {
        return count_colons(value, value + strcspn(value, "/")) > 2;
}

int publish_add(const char *value, const struct publish_origin *origin, struct address_list *ret) {
        CLEANUP(freep) char *address = NULL;
        const char *bracket = strchr(value, ']');
        struct pattern pattern;

        if (value[0] != '[') {
                if (parse_ipv4(value, &pattern))
                        return address_list_add(ret, &pattern, origin->file, origin->line,
                                                origin->text);
                if (may_be_ipv6(value))
                        log_not_understood(origin);
                return 0;
        }
        if (!bracket || !has_ports(bracket + 1)) {
                log_not_understood(origin);
                return 0;
        }
        address = strndup(value + 1, (size_t)(bracket - (value + 1)));
        if (!address)
                return -ENOMEM;
        /* podman takes no interface. */
        if (strchr(address, '%') || pattern_parse_address(address, &pattern) < 0) {
                log_not_understood(origin);
                return 0;
        }
        return address_list_add(ret, &pattern, origin->file, origin->line, origin->text);
}
