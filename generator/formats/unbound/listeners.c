/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/unbound/listeners.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/host.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Bytes of an address with a scope; no longer value is one. */
enum { VALUE_SIZE = 128 };

/*
 * The name of an interface stands for all its addresses (resolve_ifa_name() in
 * services/listen_dnsport.c of Unbound, in options.c of NSD). Anything else is refused: both call
 * getaddrinfo() with AI_NUMERICHOST. DAD never runs on "lo".
 */
static int add_interface(struct address_list *list, const char *name, const struct place *place) {
        char text[VALUE_SIZE + sizeof("any%")];
        struct pattern pattern;

        if (strcmp(name, "lo") == 0 || strcmp(name, "localhost") == 0)
                return 0;
        /* The label of an IPv4 address, which getifaddrs(3) returns as a name, has one ':'. */
        if (strchr(name, ':') != strrchr(name, ':') || host_is_wrong_ipv4(name))
                return address_list_add_mistyped(list, place->file, place->line, name,
                                                 "this is no address");
        (void)snprintf(text, sizeof(text), "any%%%s", name);
        if (pattern_parse(text, &pattern) < 0)
                return address_list_add_mistyped(list, place->file, place->line, name,
                                                 "neither an address nor an interface");
        return address_list_add(list, &pattern, place->file, place->line, place->text);
}

static int add_value(enum listener listener, const struct listener_value *value, unsigned families,
                     struct address_list *ret) {
        const struct place place = { value->file, value->line, value->text };
        size_t length = strcspn(value->value, "@");
        struct pattern pattern;
        char text[VALUE_SIZE];

        if (listener == LISTENER_CONTROL && value->value[0] == '/')
                return 0;
        if (length >= sizeof(text))
                return address_list_add_mistyped(ret, place.file, place.line, value->value,
                                                 "too long for an address");
        memcpy(text, value->value, length);
        text[length] = '\0';

        if (host_parse_ipv4(text, &pattern)) {
                if (!(families & ADDRESS_IPV4))
                        return 0;
                return address_list_add(ret, &pattern, place.file, place.line, place.text);
        }
        /* The addresses of an interface that are of IPv4 are assigned, so they are ready. */
        if (text[0] == '\0' || !(families & ADDRESS_IPV6))
                return 0;
        if (pattern_parse_address(text, &pattern) == 0)
                return address_list_add(ret, &pattern, place.file, place.line, place.text);
        return add_interface(ret, text, &place);
}

static void value_free(struct listener_value *value) {
        free(value->value);
        free(value->file);
        free(value->text);
}

int listeners_add(struct listeners *listeners, enum listener listener, const char *value,
                  const struct place *place) {
        struct listener_value item = { .line = place->line };

        if (listeners->values[listener].count == ADDRESS_LIST_MAX)
                return 0;
        if (array_make_room(listeners->values[listener].items, listeners->values[listener].count) <
            0)
                return -ENOMEM;
        item.value = strdup(value);
        item.file = strdup(place->file);
        item.text = strndup(place->text, ADDRESS_TEXT_MAX);
        if (!item.value || !item.file || !item.text) {
                value_free(&item);
                return -ENOMEM;
        }
        listeners->values[listener].items[listeners->values[listener].count++] = item;
        return 0;
}

static int add_all(const struct listeners *listeners, enum listener listener, unsigned families,
                   struct address_list *ret) {
        int r = 0;

        for (size_t i = 0; i < listeners->values[listener].count && r >= 0; i++)
                r = add_value(listener, &listeners->values[listener].items[i], families, ret);
        return r;
}

static unsigned families_of_server(const bool *flags) {
        return (flags[FLAG_IP6] ? (unsigned)ADDRESS_IPV6 : 0) |
               (flags[FLAG_IP4] ? (unsigned)ADDRESS_IPV4 : 0);
}

/*
 * listening_ports_open() in services/listen_dnsport.c and daemon_remote_open_ports() in
 * daemon/remote.c: without do-ip6 the addresses of the server with a ':' are skipped, without
 * do-ip4 the others, but not those of the control. With interface-automatic only the wildcards are
 * bound.
 */
int listeners_collect_unbound(const struct listeners *listeners, struct address_list *ret) {
        const bool *flags = listeners->flags;
        int r = 0;

        if (flags[FLAG_FREEBIND] || flags[FLAG_TRANSPARENT])
                return 0;
        if (!(flags[FLAG_AUTOMATIC] && flags[FLAG_UDP]))
                r = add_all(listeners, LISTENER_SERVER, families_of_server(flags), ret);
        if (r >= 0 && flags[FLAG_CONTROL])
                r = add_all(listeners, LISTENER_CONTROL, ADDRESS_FAMILIES, ret);
        return r;
}

/*
 * main() of nsd.c, open_sockets() of server.c, daemon_remote_open_ports() of remote.c and
 * daemon_metrics_open_ports() of metrics.c: the last two do not use ip-freebind. With one family
 * only, NSD refuses an address of the server that is of the other.
 */
int listeners_collect_nsd(const struct listeners *listeners, struct address_list *ret) {
        const bool *flags = listeners->flags;
        bool is_free = flags[FLAG_FREEBIND] || flags[FLAG_TRANSPARENT];
        unsigned families = families_of_server(flags);
        int r = 0;

        if (families == 0)
                families = ADDRESS_FAMILIES;
        if (!is_free)
                r = add_all(listeners, LISTENER_SERVER, families, ret);
        if (r >= 0 && !is_free && flags[FLAG_VERIFY])
                r = add_all(listeners, LISTENER_VERIFY, families, ret);
        if (r >= 0 && flags[FLAG_CONTROL])
                r = add_all(listeners, LISTENER_CONTROL, ADDRESS_FAMILIES, ret);
        if (r >= 0 && flags[FLAG_METRICS])
                r = add_all(listeners, LISTENER_METRICS, ADDRESS_FAMILIES, ret);
        return r;
}

void listeners_clear(struct listeners *listeners) {
        for (size_t k = 0; k < LISTENER_COUNT; k++) {
                for (size_t i = 0; i < listeners->values[k].count; i++)
                        value_free(&listeners->values[k].items[i]);
                free(listeners->values[k].items);
        }
}
