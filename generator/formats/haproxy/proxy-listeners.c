/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/haproxy/proxy-listeners.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/haproxy/address.h"
#include "formats/haproxy/line-words.h"

#include <string.h>

struct listener {
        struct pattern address;
        const char *unknown; /* why it is not known; NULL: it is */
        enum truth holds;
        char *file;
        unsigned line;
        char *text;
};

#define DEPENDS "it depends on a condition that cannot be evaluated at boot"

/* What the options of a listener mean for its address. */
struct listener_options {
        const char *interface; /* or NULL */
        bool needs_no_address; /* it can be bound before it is ready, or is not this network's */
};

static struct listener_options parse_options(char *const *words) {
        struct listener_options options = { 0 };

        for (; *words && **words; words++) {
                const char *value = words[1];

                /* IPV6_TRANSPARENT allows any address (ipv6(7)). */
                if (strcmp(*words, "transparent") == 0) {
                        options.needs_no_address = true;
                        continue;
                }
                if (strcmp(*words, "namespace") == 0)
                        options.needs_no_address = true;
                else if (strcmp(*words, "interface") == 0)
                        options.interface = value;
                else if (strcmp(*words, "name") != 0)
                        continue;
                if (value)
                        words++;
        }
        return options;
}

/* A socket that is bound to an interface finds link-local addresses there (inet6_bind() in the
 * kernel's net/ipv6/af_inet6.c). */
static void add_scope(struct pattern *address, const char *interface) {
        if (interface && IN6_IS_ADDR_LINKLOCAL(&address->address) &&
            strlen(interface) < sizeof(address->interface)) {
                struct pattern scoped;
                char text[PATTERN_STRING_SIZE], both[PATTERN_STRING_SIZE + IF_NAMESIZE];

                (void)snprintf(both, sizeof(both), "%s%%%s", pattern_format(address, text),
                               interface);
                if (pattern_parse_address(both, &scoped) >= 0)
                        *address = scoped;
        }
}

static int append(struct listeners *listeners, const struct listener *listener,
                  const struct listener_place *place) {
        struct listener copy = *listener;

        if (array_make_room(listeners->items, listeners->count) < 0)
                return -ENOMEM;
        copy.holds = place->holds;
        copy.line = place->line;
        copy.file = strdup(place->file);
        copy.text = strdup(place->text);
        if (!copy.file || !copy.text) {
                free(copy.file);
                free(copy.text);
                return -ENOMEM;
        }
        listeners->items[listeners->count++] = copy;
        return 0;
}

static int add_one(struct listeners *listeners, const struct listener_place *place,
                   const char *word, const struct listener_options *options,
                   const struct variables *variables) {
        CLEANUP(freep) char *text = words_expand_address(word, variables);
        struct listener listener = { 0 };
        int r;

        if (!text)
                return -ENOMEM;
        r = text[0] ? address_parse(text, &listener.address) : -EINVAL;
        if (r == 0 || options->needs_no_address)
                return 0;
        if (strstr(text, VARIABLE_UNKNOWN))
                listener.unknown = DEPENDS;
        else if (r < 0)
                listener.unknown = "it is no address, and names are not resolved at boot";
        else
                add_scope(&listener.address, options->interface);
        return append(listeners, &listener, place);
}

int haproxy_listeners_add(struct listeners *listeners, const struct listener_place *place,
                          const char *addresses, char *const *options,
                          const struct variables *variables) {
        const struct listener_options parsed = parse_options(options);
        int r = 0;

        /* A comma in the value of a variable that is replaced later separates nothing
         * (str2listener() in src/cfgparse.c). */
        while (r >= 0 && *addresses) {
                size_t length = strcspn(addresses, ",");
                CLEANUP(freep) char *word = strndup(addresses, length);

                r = word ? add_one(listeners, place, word, &parsed, variables) : -ENOMEM;
                addresses += length + (addresses[length] == ',');
        }
        return r;
}

static void clear_items(struct listeners *listeners) {
        for (size_t i = 0; i < listeners->count; i++) {
                free(listeners->items[i].file);
                free(listeners->items[i].text);
        }
        listeners->count = 0;
}

/* What is not waited for is no lack either if it depends on something unknown. */
static bool is_asked_for(const struct pattern *address, const struct address_list *list) {
        return !(list->left_out & pattern_family(address));
}

int haproxy_listeners_end(struct listeners *listeners, enum truth counts,
                          struct address_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < listeners->count; i++) {
                const struct listener *item = &listeners->items[i];
                enum truth holds = truth_and(item->holds, counts);
                const char *unknown = item->unknown;

                if (holds == TRUTH_NO || (!unknown && !is_asked_for(&item->address, ret)))
                        continue;
                if (!unknown && holds == TRUTH_MAYBE)
                        unknown = DEPENDS;
                if (unknown)
                        r = address_list_add_unknown(ret, item->file, item->line, item->text,
                                                     unknown);
                else
                        r = address_list_add(ret, &item->address, item->file, item->line,
                                             item->text);
        }
        clear_items(listeners);
        return r;
}

void haproxy_listeners_clear(struct listeners *listeners) {
        clear_items(listeners);
        free(listeners->items);
        *listeners = (struct listeners){ 0 };
}
