/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/host.h"

#include "common/cleanup.h"

#include <arpa/inet.h>
#include <string.h>

static bool needs_no_wait(const char *host) {
        struct in_addr ipv4;

        return host[0] == '\0' || strcmp(host, "*") == 0 || strcasecmp(host, "localhost") == 0 ||
               inet_aton(host, &ipv4) == 1;
}

int host_add(struct address_list *list, const char *host, const char *file, unsigned line,
             const char *text) {
        struct pattern pattern;
        int r = -EINVAL;

        if (strchr(host, ':'))
                r = pattern_parse_address(host, &pattern);
        if (r == 0)
                return address_list_add(list, &pattern, file, line, text);
        if (needs_no_wait(host))
                return 0;
        return address_list_add_unknown(list, file, line, host,
                                        r == -ENODEV ? "no interface can have this name"
                                        : strchr(host, ':')
                                                ? "this is no address"
                                                : "names are not resolved before the network "
                                                  "is up");
}

int host_add_bracketed(struct address_list *list, const char *host, const char *file, unsigned line,
                       const char *text) {
        CLEANUP(freep) char *bare = NULL;
        size_t length = strlen(host);

        if (host[0] != '[' || host[length - 1] != ']')
                return host_add(list, host, file, line, text);
        bare = strndup(host + 1, length - 2);
        return bare ? host_add(list, bare, file, line, text) : -ENOMEM;
}
