/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/host.h"

#include "common/cleanup.h"
#include "common/whitespace.h"

#include <arpa/inet.h>
#include <string.h>

enum { EXACT = 128 }; /* prefix length of one address */

static bool needs_no_wait(const char *host) {
        return host[0] == '\0' || strcmp(host, "*") == 0 || strcasecmp(host, "localhost") == 0;
}

/* inet_aton(3) accepts blanks and more behind an address, getaddrinfo(3) does not. */
bool host_parse_ipv4(const char *host, struct pattern *ret) {
        struct in_addr ipv4;

        if (host[strcspn(host, C_WHITESPACE)] || inet_aton(host, &ipv4) != 1)
                return false;
        *ret = (struct pattern){
                .address = pattern_map_ipv4(&ipv4),
                .prefix_length = EXACT,
        };
        return true;
}

bool host_is_wrong_ipv4(const char *host) {
        struct pattern pattern;

        return strchr(host, '.') && host[strspn(host, "0123456789.")] == '\0' &&
               !host_parse_ipv4(host, &pattern);
}

int host_add(struct address_list *list, const char *host, const char *file, unsigned line,
             const char *text) {
        return host_add_of(list, ADDRESS_FAMILIES, host, file, line, text);
}

int host_add_of(struct address_list *list, unsigned families, const char *host, const char *file,
                unsigned line, const char *text) {
        bool has_colon = strchr(host, ':');
        struct pattern pattern;
        int r = -EINVAL;

        /* Where this is the only family, the daemon does not accept an address of the other. */
        if (host_parse_ipv4(host, &pattern)) {
                if (!(families & ADDRESS_IPV4))
                        return 0;
                return address_list_add(list, &pattern, file, line, text);
        }
        if (has_colon && !(families & ADDRESS_IPV6))
                return 0;
        if (has_colon)
                r = pattern_parse_address(host, &pattern);
        if (r == 0)
                return address_list_add(list, &pattern, file, line, text);
        if (needs_no_wait(host) || !(families & ~list->left_out))
                return 0;
        if (has_colon || host_is_wrong_ipv4(host))
                return address_list_add_mistyped(list, file, line, host,
                                                 r == -ENODEV ? "no interface can have this name"
                                                              : "this is no address");
        return address_list_add_unknown(list, file, line, host,
                                        "names are not resolved before the network is up");
}

int host_add_bracketed(struct address_list *list, const char *host, const char *file, unsigned line,
                       const char *text) {
        return host_add_bracketed_of(list, ADDRESS_FAMILIES, host, file, line, text);
}

int host_add_bracketed_of(struct address_list *list, unsigned families, const char *host,
                          const char *file, unsigned line, const char *text) {
        CLEANUP(freep) char *bare = NULL;
        size_t length = strlen(host);

        if (host[0] != '[' || host[length - 1] != ']')
                return host_add_of(list, families, host, file, line, text);
        bare = strndup(host + 1, length - 2);
        return bare ? host_add_of(list, families, bare, file, line, text) : -ENOMEM;
}
