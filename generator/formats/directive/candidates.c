/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/candidates.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/directive/host-values.h"
#include "formats/directive/values.h"
#include "log.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#define DIGITS "0123456789"

/* What the name of an interface may mean. */
#define ALL        "any"
#define LINK_LOCAL "fe80::/10"

/* candidates_replace() looks at all of them each time. */
enum { CANDIDATES_MAX = 10000 };

static int add(struct candidates *candidates, struct candidate_origin origin,
               const struct pattern *pattern, const struct place *place) {
        struct address_list *list = &candidates->addresses;

        if (list->count == CANDIDATES_MAX) {
                log_warning(place->file, place->line, "More than %d addresses, ignoring: %s",
                            CANDIDATES_MAX, place->text);
                return 0;
        }
        if (array_make_room(candidates->origins, list->count) < 0)
                return -ENOMEM;
        candidates->origins[list->count] = origin;
        return address_list_add(list, pattern, place->file, place->line, place->text);
}

static void unknown_clear(struct candidate_unknown *unknown) {
        free(unknown->file);
        free(unknown->text);
}

/* @name: @length bytes. DAD never runs on "lo". @addresses: which of the interface are meant */
static bool parse_interface(const char *name, size_t length, const char *addresses,
                            struct pattern *ret) {
        static const char NAME[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789_.-";
        char text[sizeof(LINK_LOCAL "%") + IF_NAMESIZE];

        if (length >= IF_NAMESIZE || strspn(name, NAME) < length || !isalpha(name[0]) ||
            !value_may_be_interface(name, length) || (length == 2 && strncmp(name, "lo", 2) == 0))
                return false;
        (void)snprintf(text, sizeof(text), "%s%%%.*s", addresses, (int)length, name);
        return pattern_parse(text, ret) == 0;
}

/* @what: with the reason */
static int add_unknown(struct candidates *candidates, struct candidate_origin origin,
                       const char *value, size_t length, struct candidate_unknown what,
                       const struct place *place) {
        struct candidate_unknown unknown = {
                .origin = origin,
                .line = place->line,
                .reason = what.reason,
                .is_mistyped = what.is_mistyped,
        };

        if (candidates->unknown_count == CANDIDATES_MAX)
                return 0;
        if (array_make_room(candidates->unknown, candidates->unknown_count) < 0)
                return -ENOMEM;
        unknown.file = strdup(place->file);
        unknown.text = strndup(value, length < ADDRESS_TEXT_MAX ? length : ADDRESS_TEXT_MAX);
        if (!unknown.file || !unknown.text) {
                unknown_clear(&unknown);
                return -ENOMEM;
        }
        candidates->unknown[candidates->unknown_count++] = unknown;
        return 0;
}

/* A variable that is left after all were expanded, a placeholder of Caddy's, or a template in Go.
 */
static bool is_variable(const char *value) {
        value += value[0] == '[';
        return value[0] == '$' || strncmp(value, "{$", 2) == 0 || strncmp(value, "{env.", 5) == 0 ||
               strncmp(value, "{args", 5) == 0 || strncmp(value, "{{", 2) == 0;
}

/* An IPv6 address with a mistake. ":::80" is a port of all addresses. */
static bool is_wrong_address(const char *value, size_t length) {
        if (!isxdigit((unsigned char)value[0]) && strncmp(value, "::", 2) != 0)
                return false;
        return memmem(value, length, "::", 2) && strncmp(value, ":::", 3) != 0 &&
               strcspn(value, DIGITS) < length &&
               strspn(value, DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:.%") >=
                       length;
}

/* "_eth0_" and "_site_" of Elasticsearch; "_local_" is loopback. */
static bool is_address_set(const char *value, size_t length) {
        return length > 2 && value[0] == '_' && value[length - 1] == '_' &&
               strncmp(value, "_local", length - 1) != 0;
}

/* Why a value that is no address may be meant as one; without a reason: it is not. */
static struct candidate_unknown find_reason(const char *value, size_t length, bool is_first) {
        struct candidate_unknown what = { 0 };

        if (is_variable(value)) {
                what.reason = "this variable is not known";
        } else if (is_wrong_address(value, length)) {
                what.reason = "this is no address";
                what.is_mistyped = true;
        } else if (is_address_set(value, length)) {
                what.reason = "names of interfaces are not looked up";
        } else if (value_is_host(value, length, is_first)) {
                what.reason = "names are not resolved before the network is up";
        }
        return what;
}

/* "block/" and an asterisk: the values are whole statements, which begin with any word. */
static bool is_any_keyword(const struct directive_language *language,
                           struct candidate_origin origin) {
        const char *keyword = origin.directive < language->directives.count
                                      ? language->directives.items[origin.directive]
                                      : "";
        const char *slash = strrchr(keyword, '/');

        return strcmp(slash ? slash + 1 : keyword, "*") == 0;
}

static bool is_number(const char *value, size_t length) {
        return strspn(value, DIGITS) >= length;
}

static int add_value(struct candidates *candidates, const struct directive_language *language,
                     struct candidate_origin origin, const char *value, size_t length,
                     bool is_first, const struct place *place) {
        struct candidate_unknown what = {
                .reason = "no interface can have this name",
                .is_mistyped = true,
        };
        struct pattern pattern;
        int r;

        r = value_parse(value, length, language->port_after_last_colon, &pattern);
        if (r == 0)
                return add(candidates, origin, &pattern, place);
        if (r != -ENODEV)
                what = find_reason(value, length, is_first);
        return what.reason ? add_unknown(candidates, origin, value, length, what, place) : 0;
}

/* ADDR/LENGTH, or of IPv4 ADDR/MASK. Return: 1 and the address; 0 and a network, if no bits are
 * behind its prefix; -EINVAL. */
static int parse_network(const char *value, size_t length, struct pattern *ret) {
        char text[INET6_ADDRSTRLEN + sizeof("/255.255.255.255")];
        struct pattern address;
        struct in_addr mask;
        char *slash;
        int r;

        if (length >= sizeof(text))
                return -EINVAL;
        memcpy(text, value, length);
        text[length] = '\0';
        slash = strchr(text, '/');
        if (!slash)
                return -EINVAL;
        if (inet_pton(AF_INET, slash + 1, &mask) == 1)
                (void)snprintf(slash + 1, sizeof("32"), "%d", __builtin_popcount(mask.s_addr));
        r = pattern_parse(text, ret);
        if (r < 0)
                return r;
        *slash = '\0';
        if (pattern_parse_address(text, &address) < 0)
                return -EINVAL;
        if (IN6_ARE_ADDR_EQUAL(&address.address, &ret->address) && ret->prefix_length < 128)
                return 0;
        *ret = address;
        return 1;
}

/* Networks=yes. Return: 1 if the value is one of these, 0 if it is not, -ENOMEM. */
static int add_network(struct candidates *candidates, struct candidate_origin origin,
                       const char *value, size_t length, const struct place *place) {
        struct candidate_unknown what = {
                .reason = "this is no network",
                .is_mistyped = true,
        };
        struct pattern pattern;
        int r = parse_network(value, length, &pattern);

        if (r < 0 && !parse_interface(value, length, ALL, &pattern)) {
                if (memchr(value, '*', length))
                        what = (struct candidate_unknown){
                                .reason = "names of interfaces are not matched",
                        };
                else if (!memchr(value, '/', length))
                        return 0;
                r = add_unknown(candidates, origin, value, length, what, place);
                return r < 0 ? r : 1;
        }
        /* Whatever is in a network of IPv4 is assigned, and ready. */
        if (r == 0 && pattern_family(&pattern) == ADDRESS_IPV4)
                return 1;
        r = add(candidates, origin, &pattern, place);
        return r < 0 ? r : 1;
}

static bool is_all_addresses(const struct directive_language *language, const char *value,
                             size_t length) {
        const char *word = language->all_addresses;

        return word && strlen(word) == length && strncmp(word, value, length) == 0;
}

/* Interfaces=link-local: "IFACE", or "IFACE/ADDR" for an address as well. Return: as add_network(),
 * 0 if the address is still to be added. */
static int add_link(struct candidates *candidates, struct candidate_origin origin,
                    const char *value, size_t length, const struct place *place) {
        const char *slash = memchr(value, '/', length);
        struct pattern pattern;
        int r;

        if (!parse_interface(value, slash ? (size_t)(slash - value) : length, LINK_LOCAL, &pattern))
                return 0;
        r = add(candidates, origin, &pattern, place);
        return r < 0 || slash ? r : 1;
}

/* A value may mean all addresses, and the first may be the name of an interface. Return: as
 * add_network(). */
static int add_named(struct candidates *candidates, const struct directive_language *language,
                     struct candidate_origin origin, const char *value, size_t length,
                     bool is_first, const struct place *place) {
        struct pattern pattern;
        int r;

        if (is_all_addresses(language, value, length))
                (void)pattern_parse(language->names_links ? LINK_LOCAL : ALL, &pattern);
        else if (language->names_networks)
                return add_network(candidates, origin, value, length, place);
        else if (language->names_links)
                return add_link(candidates, origin, value, length, place);
        else if (!language->names_interfaces || !is_first ||
                 !parse_interface(value, length, ALL, &pattern))
                return 0;
        r = add(candidates, origin, &pattern, place);
        return r < 0 ? r : 1;
}

int candidates_add_values(struct candidates *candidates, const struct directive_language *language,
                          struct candidate_origin origin, const char *values,
                          const struct place *place) {
        bool is_first = !is_any_keyword(language, origin);
        bool is_very_first = true;
        const char *value;
        size_t length;
        int r = 0;

        candidates->addresses.has_statement = true;
        while (r >= 0 && (value = value_next(&values, &length))) {
                r = add_named(candidates, language, origin, value, length, is_very_first, place);
                if (r == 0)
                        r = add_value(candidates, language, origin, value, length, is_first, place);
                if (language->only_first_value)
                        break;
                is_very_first = false;
                /* A port may be before the address. */
                is_first &= is_number(value, length);
        }
        return r < 0 ? r : 0;
}

int candidates_add_interface(struct candidates *candidates, struct candidate_origin origin,
                             const char *values, const struct place *place) {
        struct pattern pattern;
        size_t length;
        const char *name = value_next(&values, &length);

        candidates->addresses.has_statement = true;
        if (!name || !parse_interface(name, length, ALL, &pattern))
                return 0;
        return add(candidates, origin, &pattern, place);
}

static bool is_of(struct candidate_origin origin, const struct candidate_origin *other) {
        if (!other)
                return origin.directive != CANDIDATE_FINAL.directive;
        return origin.directive == other->directive && origin.block == other->block;
}

static void drop_unknown(struct candidates *candidates, const struct candidate_origin *origin) {
        size_t kept = 0;

        for (size_t i = 0; i < candidates->unknown_count; i++) {
                if (is_of(candidates->unknown[i].origin, origin))
                        unknown_clear(&candidates->unknown[i]);
                else
                        candidates->unknown[kept++] = candidates->unknown[i];
        }
        candidates->unknown_count = kept;
}

/* @origin: NULL is that of any directive */
static void drop(struct candidates *candidates, const struct candidate_origin *origin) {
        struct address_list *list = &candidates->addresses;
        size_t kept = 0;

        for (size_t i = 0; i < list->count; i++) {
                if (is_of(candidates->origins[i], origin)) {
                        free(list->items[i].file);
                        free(list->items[i].text);
                        continue;
                }
                candidates->origins[kept] = candidates->origins[i];
                list->items[kept++] = list->items[i];
        }
        list->count = kept;
        drop_unknown(candidates, origin);
}

void candidates_replace(struct candidates *candidates, struct candidate_origin origin) {
        drop(candidates, &origin);
}

void candidates_replace_files(struct candidates *candidates) {
        drop(candidates, NULL);
}

static int move(struct candidates *candidates, struct address_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < candidates->unknown_count; i++) {
                const struct candidate_unknown *unknown = &candidates->unknown[i];

                r = (unknown->is_mistyped ? address_list_add_mistyped : address_list_add_unknown)(
                        ret, unknown->file, unknown->line, unknown->text, unknown->reason);
        }
        return r < 0 ? r : address_list_move(&candidates->addresses, ret);
}

int candidates_move_of(struct candidates *candidates, unsigned families, struct address_list *ret) {
        unsigned left_out = ret->left_out;
        int r = 0;

        ret->left_out |= ~families;
        if (ADDRESS_FAMILIES & ~ret->left_out)
                r = move(candidates, ret);
        ret->left_out = left_out;
        return r;
}

void candidates_clear(struct candidates *candidates) {
        for (size_t i = 0; i < candidates->unknown_count; i++)
                unknown_clear(&candidates->unknown[i]);
        free(candidates->unknown);
        address_list_clear(&candidates->addresses);
        free(candidates->origins);
        *candidates = (struct candidates){ 0 };
}
