/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/nginx/listen-list.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/host.h"

#include <string.h>

enum { PORTS = 65536, PORT_DEFAULT = 80 };

/* Ports with a wildcard address, of one module, protocol and family. */
struct port_set {
        uint8_t bits[PORTS / 8];
};

/* Options that set @bind of ngx_http_listen_opt_t and its like. One with '=' has a value. */
static const char *const SOCKET_OPTIONS[] = {
        "accept_filter=", "backlog=",  "bind",    "deferred", "fastopen=",     "ipv6only=",
        "rcvbuf=",        "reuseport", "setfib=", "sndbuf=",  "so_keepalive=",
};

static bool is_socket_option(const char *word) {
        for (size_t i = 0; i < sizeof(SOCKET_OPTIONS) / sizeof(SOCKET_OPTIONS[0]); i++) {
                const char *option = SOCKET_OPTIONS[i];

                if (strchr(option, '=') ? strncmp(word, option, strlen(option)) == 0
                                        : strcmp(word, option) == 0)
                        return true;
        }
        return false;
}

/* "PORT" or "FIRST-LAST". Return: whether it is that; otherwise nothing is set. */
static bool parse_ports(const char *text, unsigned *ret_first, unsigned *ret_last) {
        unsigned long first, last;
        char *end;

        if (strspn(text, "0123456789-") != strlen(text) || strlen(text) > strlen("65535-65535"))
                return false;
        first = last = strtoul(text, &end, 10);
        if (*end == '-')
                last = strtoul(end + 1, &end, 10);
        if (*end || first == 0 || first > last || last >= PORTS)
                return false;
        *ret_first = (unsigned)first;
        *ret_last = (unsigned)last;
        return true;
}

/* "[ADDR]" or "[ADDR]:PORTS" (ngx_parse_inet6_url() in src/core/ngx_inet.c). */
static bool parse_ipv6(const char *value, struct listen *listen) {
        const char *end = strchr(value, ']');
        char text[INET6_ADDRSTRLEN];
        size_t length = end ? (size_t)(end - value - 1) : 0;

        if (length == 0 || length >= sizeof(text))
                return false;
        memcpy(text, value + 1, length);
        text[length] = '\0';
        listen->first = listen->last = PORT_DEFAULT;
        if (end[1] && (end[1] != ':' || !parse_ports(end + 2, &listen->first, &listen->last)))
                return false;
        return !strchr(text, '%') && pattern_parse_address(text, &listen->address) >= 0;
}

/* "ADDR", "ADDR:PORTS", "*:PORTS", "*" or "PORTS" (ngx_parse_inet_url()). */
static bool parse_ipv4(const char *value, struct listen *listen) {
        char text[INET_ADDRSTRLEN];
        size_t length = strcspn(value, ":");

        listen->first = listen->last = PORT_DEFAULT;
        if (!value[strspn(value, "0123456789-")])
                return parse_ports(value, &listen->first, &listen->last) &&
                       host_parse_ipv4("0.0.0.0", &listen->address);
        if (length >= sizeof(text) ||
            (value[length] && !parse_ports(value + length + 1, &listen->first, &listen->last)))
                return false;
        memcpy(text, value, length);
        text[length] = '\0';
        return host_parse_ipv4(strcmp(text, "*") == 0 ? "0.0.0.0" : text, &listen->address);
}

/* Whether nginx binds only what is ready at boot: the loopback, a socket of the file system. Nor is
 * there an address where it does not start, since a number is none. */
static bool needs_no_address(const char *value) {
        size_t host = strcspn(value, ":");

        if (strncmp(value, "unix:", strlen("unix:")) == 0)
                return true;
        return strspn(value, "0123456789.-*") >= host ||
               (host == strlen("localhost") && strncasecmp(value, "localhost", host) == 0);
}

static bool is_wildcard(const struct pattern *address) {
        return IN6_IS_ADDR_UNSPECIFIED(&address->address) ||
               (pattern_is_ipv4(address) && address->address.s6_addr32[3] == INADDR_ANY);
}

static int append(struct listen_list *list, const struct listen *listen, const char *file,
                  const char *text) {
        struct listen copy = *listen;

        if (array_make_room(list->items, list->count) < 0)
                return -ENOMEM;
        copy.file = strdup(file);
        copy.text = strdup(text);
        if (!copy.file || !copy.text) {
                free(copy.file);
                free(copy.text);
                return -ENOMEM;
        }
        list->items[list->count++] = copy;
        return 0;
}

int listen_list_add(struct listen_list *list, enum listen_module module,
                    const struct string_list *words, const char *file, unsigned line,
                    const char *text, struct address_list *unknown) {
        const char *value = words->count > 1 ? words->items[1] : "";
        struct listen listen = { .module = module, .line = line };

        bool is_ipv4 = parse_ipv4(value, &listen);

        if (!is_ipv4 && needs_no_address(value))
                return 0;
        if (!is_ipv4 && value[0] != '[')
                return address_list_add_unknown(unknown, file, line, text,
                                                "names are not resolved at boot");
        if (!is_ipv4 && !parse_ipv6(value, &listen))
                return address_list_add_mistyped(unknown, file, line, text,
                                                 "this is no address with a port");
        listen.is_wildcard = is_wildcard(&listen.address);
        for (size_t i = 2; i < words->count; i++) {
                const char *word = words->items[i];

                listen.has_options |= is_socket_option(word);
                listen.is_datagram |= strcmp(word, "udp") == 0 || strcmp(word, "quic") == 0;
        }
        return append(list, &listen, file, text);
}

int listen_list_add_default(struct listen_list *list, const char *file) {
        struct listen listen = {
                .module = LISTEN_HTTP,
                .is_wildcard = true,
                .first = PORT_DEFAULT,
                .last = PORT_DEFAULT,
        };

        (void)host_parse_ipv4("0.0.0.0", &listen.address);
        return append(list, &listen, file, "");
}

static struct port_set *ports_of(struct port_set *sets, const struct listen *listen) {
        return &sets[((size_t)listen->module * 2 + listen->is_datagram) * 2 +
                     pattern_is_ipv4(&listen->address)];
}

static void mark_wildcards(const struct listen_list *list, struct port_set *sets) {
        for (size_t i = 0; i < list->count; i++) {
                const struct listen *listen = &list->items[i];
                struct port_set *set = ports_of(sets, listen);

                for (unsigned port = listen->first; listen->is_wildcard && port <= listen->last;
                     port++)
                        set->bits[port / 8] |= (uint8_t)(1U << port % 8);
        }
}

static bool is_bound(const struct listen *listen, const struct port_set *set) {
        bool is_covered = !listen->has_options;

        if (listen->is_wildcard)
                return listen->line > 0; /* none of listen_list_add_default() */
        for (unsigned port = listen->first; is_covered && port <= listen->last; port++)
                is_covered = set->bits[port / 8] >> port % 8 & 1;
        return !is_covered;
}

int listen_list_resolve(const struct listen_list *list, struct address_list *ret) {
        CLEANUP(freep) struct port_set *sets = calloc((size_t)LISTEN_MODULES * 4, sizeof(*sets));
        int r = 0;

        if (!sets)
                return -ENOMEM;
        mark_wildcards(list, sets);
        for (size_t i = 0; r >= 0 && i < list->count; i++) {
                const struct listen *listen = &list->items[i];

                if (is_bound(listen, ports_of(sets, listen)))
                        r = address_list_add(ret, &listen->address, listen->file, listen->line,
                                             listen->text);
        }
        return r;
}

void listen_list_clear(struct listen_list *list) {
        for (size_t i = 0; i < list->count; i++) {
                free(list->items[i].file);
                free(list->items[i].text);
        }
        free(list->items);
        *list = (struct listen_list){ 0 };
}
