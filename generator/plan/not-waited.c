/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/not-waited.h"

#include "common/cleanup.h"
#include "log.h"
#include "plan/configured-addresses.h"
#include "units/unit-settings.h"

static enum not_waited why_ipv4(in_addr_t address) {
        if (address == INADDR_ANY)
                return NOT_WAITED_ANY;
        if (address == INADDR_BROADCAST)
                return NOT_WAITED_BROADCAST;
        return IN_MULTICAST(address) ? NOT_WAITED_MULTICAST : NOT_WAITED_LOOPBACK;
}

enum not_waited not_waited_why(const struct pattern *pattern) {
        const struct in6_addr *address = &pattern->address;

        if (!pattern_needs_no_waiting(pattern))
                return NOT_WAITED_FAMILY;
        if (pattern_is_ipv4(pattern))
                return why_ipv4(ntohl(address->s6_addr32[3]));
        if (IN6_IS_ADDR_UNSPECIFIED(address))
                return NOT_WAITED_ANY;
        return IN6_IS_ADDR_LOOPBACK(address) ? NOT_WAITED_LOOPBACK : NOT_WAITED_MULTICAST;
}

/* An Address= of a family that is left out is waited for. */
static bool is_not_waited(const struct service *service, const struct decision *decision,
                          const struct pattern *pattern) {
        const struct settings *settings = &service->settings;

        if (pattern_needs_no_waiting(pattern))
                return true;
        return !(settings->families & pattern_family(pattern)) &&
               !address_list_find_ignoring(&decision->addresses, pattern) &&
               !address_list_find_ignoring(&settings->ignored, pattern);
}

/* @ret_path: receives the path that could not be read, or NULL */
static int read_all(struct tree *tree, const struct unit_index *units,
                    const struct service *service, struct decision *ret, const char **ret_path) {
        CLEANUP(unit_settings_clear) struct unit_settings read = { 0 };
        struct budget budget = tree->budget;
        const struct unit_settings *unit;
        int r;

        log_mute(true);
        r = decision_read_unit(tree, units, service, &read, &unit);
        if (r >= 0)
                r = configured_addresses_read(tree, service, unit, ADDRESS_FAMILIES, ret);
        log_mute(false);
        tree->budget = budget;
        return tree_pop_io_error(tree, r, ret_path);
}

static int add_not_waited(const struct address_list *list, const struct service *service,
                          const struct decision *decision, struct address_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < list->count; i++) {
                const struct address *address = &list->items[i];

                if (is_not_waited(service, decision, &address->pattern))
                        r = address_list_add(ret, &address->pattern, address->file, address->line,
                                             address->text);
        }
        return r;
}

int not_waited_find(struct tree *tree, const struct unit_index *units,
                    const struct service *service, const struct decision *decision,
                    struct address_list *ret) {
        CLEANUP(decision_clear) struct decision all = { 0 };
        const char *path;
        int r;

        if (decision->verdict == VERDICT_MISSING || decision->verdict == VERDICT_MASKED ||
            decision->verdict == VERDICT_OFF)
                return 0;
        r = read_all(tree, units, service, &all, &path);
        if (r >= 0)
                r = add_not_waited(&all.addresses, service, decision, ret);
        if (r >= 0)
                r = add_not_waited(&service->settings.addresses, service, decision, ret);
        if (r < 0)
                log_warning(path, 0, "Addresses of %s that nothing waits for are not known: %s.",
                            service->unit.name, tree_strerror(r));
        return r;
}
