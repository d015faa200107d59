/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/address-status.h"

#include <linux/if_addr.h>

static unsigned vrf_of(const struct network *network, unsigned index) {
        const struct link *link = network_find_link(network, index);

        return link ? link->vrf : 0;
}

/*
 * bind() sees the addresses of one VRF only, or those outside of any: the one of the device that
 * the socket is bound to. The scope of a link-local address binds the socket to that link
 * (__inet6_bind()), so such an address is seen in any VRF if its link is named.
 */
static bool is_visible(const struct pattern *pattern, const struct assigned *assigned,
                       const struct network *network) {
        if (pattern->interface[0] && IN6_IS_ADDR_LINKLOCAL(&assigned->address))
                return true;
        if (assigned->index == 0) /* bind() has accepted it */
                return true;
        return vrf_of(network, assigned->index) == vrf_of(network, network->bound_index);
}

/*
 * An IPv4 address that is assigned can be bound, whatever its flags are and whether its link is up:
 * the local table has it (fib_add_ifaddr()).
 *
 * Of IPv6 as __ipv6_chk_addr_and_flags(): an optimistic address (RFC 4429) does not count as
 * tentative.
 *
 * DAD cannot run on a link that has had no carrier since it was brought up. On one that has lost
 * its carrier it does run, and ends (the kernel keeps IF_READY, addrconf_notify()). The two cannot
 * be distinguished here, which is no harm for an exact address: it is waited for in both cases.
 */
static enum address_state state_of(const struct assigned *assigned, const struct network *network) {
        const struct link *link = network_find_link(network, assigned->index);

        if (IN6_IS_ADDR_V4MAPPED(&assigned->address) || !(assigned->flags & IFA_F_TENTATIVE) ||
            assigned->flags & IFA_F_OPTIMISTIC)
                return STATE_READY;
        if (assigned->flags & IFA_F_DADFAILED)
                return STATE_DADFAILED;
        return link && !link->running ? STATE_NO_CARRIER : STATE_TENTATIVE;
}

/* The next address that the pattern covers, from a position in .addresses on; NULL at the end. */
static const struct assigned *next_covered(const struct pattern *pattern,
                                           const struct network *network, unsigned index,
                                           size_t *position) {
        for (; *position < network->n_addresses; (*position)++) {
                const struct assigned *assigned = &network->addresses[*position];

                bool is_covered = pattern_covers(pattern, &assigned->address);

                /* They are sorted, so those covered are adjacent, except that IPv4 is among "any".
                 */
                if (!is_covered && !IN6_IS_ADDR_V4MAPPED(&assigned->address))
                        return NULL;
                if (!is_covered || (index > 0 && assigned->index != index))
                        continue;
                (*position)++;
                return assigned;
        }
        return NULL;
}

static struct address_status status_of_exact(const struct pattern *pattern,
                                             const struct network *network, unsigned index) {
        size_t position = network_find_addresses(network, &pattern->address);
        struct address_status best = { .state = STATE_ABSENT, .index = index };
        const struct assigned *assigned;

        while ((assigned = next_covered(pattern, network, index, &position))) {
                enum address_state state = is_visible(pattern, assigned, network)
                                                   ? state_of(assigned, network)
                                                   : STATE_OTHER_VRF;

                if (state < best.state)
                        best = (struct address_status){ .state = state, .index = assigned->index };
        }
        return best;
}

static struct address_status status_of_prefix(const struct pattern *pattern,
                                              const struct network *network, unsigned index) {
        size_t position = network_find_addresses(network, &pattern->address);
        const struct assigned *assigned;

        while ((assigned = next_covered(pattern, network, index, &position)))
                if (state_of(assigned, network) == STATE_TENTATIVE &&
                    is_visible(pattern, assigned, network))
                        return (struct address_status){ .state = STATE_TENTATIVE,
                                                        .index = assigned->index };
        return (struct address_status){ .state = STATE_READY, .index = index };
}

struct address_status address_status(const struct pattern *pattern, const struct network *network) {
        const struct link *link = NULL;
        unsigned index;

        /* No IPv4 address is ever in DAD, so a prefix is always ready. */
        if (pattern_needs_no_waiting(pattern) || (pattern->is_prefix && pattern_is_ipv4(pattern)))
                return (struct address_status){ .state = STATE_READY };
        if (network->lacks_ipv6 && !pattern_is_ipv4(pattern))
                return (struct address_status){ .state = STATE_NO_IPV6 };
        if (pattern->interface[0]) {
                link = network_find_name(network, pattern->interface);
                if (!link)
                        return (struct address_status){ .state = pattern->is_prefix
                                                                         ? STATE_READY
                                                                         : STATE_NO_INTERFACE };
        }
        index = link ? link->index : 0;

        /* bind() accepts addresses that are not assigned (ipv6_can_nonlocal_bind(),
         * inet_can_nonlocal_bind()). */
        if (network->nonlocal_bind & pattern_family(pattern))
                return (struct address_status){ .state = STATE_READY, .index = index };
        return pattern->is_prefix ? status_of_prefix(pattern, network, index)
                                  : status_of_exact(pattern, network, index);
}

const char *address_state_name(enum address_state state) {
        static const char *const NAMES[] = {
                [STATE_READY] = "ready",
                [STATE_TENTATIVE] = "tentative",
                [STATE_NO_CARRIER] = "no-carrier",
                [STATE_DADFAILED] = "dadfailed",
                [STATE_OTHER_VRF] = "other-vrf",
                [STATE_ABSENT] = "absent",
                [STATE_NO_INTERFACE] = "no-interface",
                [STATE_NO_IPV6] = "no-ipv6",
                [STATE_UNKNOWN] = "unknown",
        };

        return NAMES[state];
}
