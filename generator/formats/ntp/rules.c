/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/ntp/rules.h"

#include "common/cleanup.h"
#include "log.h"

#include <string.h>

#define DIGITS "0123456789"

enum {
        RULES_MAX = 4096, /* more than any machine has addresses; ntp_rules_resolve() compares each
                             with all that follow */
        ADDRESS_BITS = 128, /* of IPv6 */
};

void ntp_rules_clear(struct ntp_rules *rules) {
        for (size_t i = 0; i < rules->count; i++) {
                free(rules->items[i].file);
                free(rules->items[i].text);
        }
        free(rules->items);
        *rules = (struct ntp_rules){ 0 };
}

/* Reads what ntpd's is_ip_address() reads: ADDR, [ADDR], and whatever follows the bracket.
 * Return: whether it is an address; one with colons is of IPv6, also an IPv4-mapped one. */
static bool parse_address(const char *text, size_t length, struct pattern *ret) {
        char address[PATTERN_STRING_SIZE];
        bool has_bracket = length > 0 && text[0] == '[';

        if (has_bracket) {
                const char *end = memchr(text, ']', length);

                length = end ? (size_t)(end - text) : length;
                text++;
                length--;
        }
        if (length >= sizeof(address))
                return false;
        memcpy(address, text, length);
        address[length] = '\0';
        return (!has_bracket || strchr(address, ':')) && pattern_parse_address(address, ret) == 0;
}

static unsigned family_of(const char *text, size_t length) {
        return memchr(text, ':', length) ? ADDRESS_IPV6 : ADDRESS_IPV4;
}

static void make_prefix(struct pattern *pattern, long length, unsigned family) {
        unsigned before = family == ADDRESS_IPV4 ? PATTERN_IPV4_BITS : 0;

        if (length > (long)(ADDRESS_BITS - before))
                length = (long)(ADDRESS_BITS - before);
        pattern->is_prefix = true;
        pattern->prefix_length = (uint8_t)(before + (unsigned)length);
        pattern_clear_host_bits(&pattern->address, pattern->prefix_length);
}

/* A rule of one address matches where the scopes are equal too, and the scope of an address is
 * its interface if it is link-local, else none. */
static bool scope_is_right(const struct pattern *pattern) {
        return IN6_IS_ADDR_LINKLOCAL(&pattern->address) == (pattern->interface[0] != '\0');
}

static enum ntp_reach read_address(const char *text, bool takes_length, struct ntp_rule *rule) {
        struct pattern *ret = &rule->pattern;
        const char *slash = takes_length ? strchr(text, '/') : NULL;
        size_t length = slash ? (size_t)(slash - text) : strlen(text);
        long prefix_length;
        char *end;

        if (!parse_address(text, length, ret))
                return NTP_REACH_NOTHING;
        rule->families = family_of(text, length);
        if (slash) {
                /* To ntpd what is not a number, or negative, is no length. */
                prefix_length = strtol(slash + 1, &end, 10);
                if (end > slash + 1 && prefix_length >= 0) {
                        make_prefix(ret, prefix_length, rule->families);
                        return NTP_REACH_PATTERN;
                }
        }
        return scope_is_right(ret) ? NTP_REACH_PATTERN : NTP_REACH_NOTHING;
}

static bool is_address(const char *text) {
        struct pattern unused;
        size_t length = strcspn(text, "/");

        return parse_address(text, length, &unused);
}

/*
 * ntpd matches names of interfaces with fnmatch(3), in any case. The interfaces of the machine may
 * not exist yet, so a pattern, and a name with capitals, mean any interface. To wait for one
 * address more costs the time of its DAD; to wait for one too few is the failure that this program
 * prevents. A name in lower case means this interface only: names with capitals are rare, and
 * rarely misspelled.
 */
static enum ntp_reach read_interface(const char *name, struct pattern *ret) {
        char text[sizeof("any%") + IF_NAMESIZE];

        if (strpbrk(name, "*?[\\ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
                *ret = (struct pattern){ .is_prefix = true };
                return strcmp(name, "*") == 0 ? NTP_REACH_PATTERN : NTP_REACH_SOME;
        }
        /* ntpd compares a number with the name; in our patterns it is the interface's index. */
        if (strspn(name, DIGITS) == strlen(name)) {
                *ret = (struct pattern){ .is_prefix = true };
                return NTP_REACH_SOME;
        }
        /* "eth0:1" is the label of an IPv4 address: no IPv6 address has one. */
        if (strchr(name, ':') || strlen(name) >= IF_NAMESIZE)
                return NTP_REACH_NOTHING;
        (void)snprintf(text, sizeof(text), "any%%%s", name);
        if (pattern_parse(text, ret) < 0)
                return NTP_REACH_NOTHING;
        return NTP_REACH_PATTERN;
}

static enum ntp_reach read_target(enum ntp_target target, const char *name, const char *file,
                                  unsigned line, struct ntp_rule *rule) {
        enum ntp_reach reach;

        rule->families = ADDRESS_IPV6 | ADDRESS_IPV4;
        switch (target) {
        case NTP_TARGET_ALL:
        case NTP_TARGET_IPV6:
        case NTP_TARGET_IPV4:
                rule->pattern = (struct pattern){ .is_prefix = true };
                if (target != NTP_TARGET_ALL)
                        rule->families = target == NTP_TARGET_IPV6 ? ADDRESS_IPV6 : ADDRESS_IPV4;
                return NTP_REACH_PATTERN;
        case NTP_TARGET_WILDCARD:
                return NTP_REACH_NOTHING;
        default:
                break;
        }

        if (is_address(name))
                reach = read_address(name, target == NTP_TARGET_NETWORK, rule);
        else
                reach = read_interface(name, &rule->pattern);
        if (reach == NTP_REACH_NOTHING && strchr(name, ':') != strrchr(name, ':'))
                log_warning(file, line, "To ntpd, '%s' matches no address%s", name,
                            strncasecmp(name, "fe80:", 5) == 0 && !strchr(name, '%')
                                    ? ": a link-local one needs %INTERFACE"
                                    : "");
        return reach;
}

int ntp_rules_add(struct ntp_rules *rules, bool binds, enum ntp_target target, const char *name,
                  const char *file, unsigned line, const char *text) {
        struct ntp_rule rule = { .binds = binds, .line = line };
        struct ntp_rule *items;

        if (rules->count == RULES_MAX) {
                log_warning(file, line, "More than %d rules, ignored: %s", RULES_MAX, text);
                return 0;
        }
        rule.reach = read_target(target, name, file, line, &rule);
        items = reallocarray(rules->items, rules->count + 1, sizeof(*items));
        if (!items)
                return -ENOMEM;
        rules->items = items;
        rule.file = strdup(file);
        rule.text = strdup(text);
        items[rules->count++] = rule;
        return rule.file && rule.text ? 0 : -ENOMEM;
}

/* Whether @a applies to whatever @b waits for. */
static bool covers(const struct ntp_rule *a, const struct ntp_rule *b) {
        if (a->reach != NTP_REACH_PATTERN || !(a->families & pattern_family(&b->pattern)))
                return false;
        if (a->pattern.interface[0] && strcmp(a->pattern.interface, b->pattern.interface) != 0)
                return false;
        return a->pattern.prefix_length == 0 ||
               (a->pattern.prefix_length <= b->pattern.prefix_length &&
                pattern_covers(&a->pattern, &b->pattern.address));
}

/* An IPv4-mapped address in a rule is none that ntpd finds on an interface. */
static bool is_waited_for(const struct ntp_rule *rule, unsigned families) {
        unsigned family = pattern_family(&rule->pattern);

        return rule->binds && rule->reach != NTP_REACH_NOTHING &&
               (family & families & rule->families) &&
               !(family == ADDRESS_IPV4 && rule->pattern.is_prefix);
}

/*
 * The last rule that matches an address decides. A pattern cannot exclude addresses, so a rule that
 * later rules override in part is kept whole. That is harmless: for a prefix or an interface the
 * helper waits only for addresses that are assigned and undergo DAD.
 */
static bool is_left(const struct ntp_rules *rules, size_t index) {
        const struct ntp_rule *rule = &rules->items[index];

        for (size_t i = rules->count; i > index + 1; i--) {
                const struct ntp_rule *later = &rules->items[i - 1];

                /* The helper waits for one address even if it is absent, for a prefix not. */
                if (covers(later, rule))
                        return later->binds && !rule->pattern.is_prefix;
        }
        return true;
}

int ntp_rules_resolve(const struct ntp_rules *rules, unsigned families, struct address_list *ret) {
        for (size_t i = 0; i < rules->count; i++) {
                const struct ntp_rule *rule = &rules->items[i];
                int r;

                if (!is_waited_for(rule, families) || !is_left(rules, i))
                        continue;
                r = address_list_add(ret, &rule->pattern, rule->file, rule->line, rule->text);
                if (r < 0)
                        return r;
        }
        return 0;
}
