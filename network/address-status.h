/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Address status: whether bind() to a pattern would succeed and, if not, why
 *
 * A pure function of the network as it is now. What has been waited for, and for how long, is in
 * helper/target.h.
 */

#include "network/network.h"

enum address_state {
        STATE_READY,
        STATE_TENTATIVE,    /* DAD runs (RFC 4862, section 5.4); never of IPv4 */
        STATE_NO_CARRIER,   /* tentative, on a link where DAD cannot run */
        STATE_DADFAILED,    /* another host has the address */
        STATE_OTHER_VRF,    /* assigned, in a VRF that this process is not in */
        STATE_ABSENT,       /* not assigned */
        STATE_NO_INTERFACE, /* the interface named by the pattern does not exist */
        STATE_NO_IPV6,      /* the kernel has no IPv6 */
        STATE_UNKNOWN,      /* the kernel was not asked, or did not answer */
};

struct address_status {
        enum address_state state;
        unsigned index; /* the link in question; 0: none */
};

/**
 * address_status() - find the status of a pattern
 * @pattern:    the pattern
 * @network:    the network, complete
 *
 * Where several links hold an exact address, the best state counts: bind(2) searches for one that
 * is past DAD (the kernel's __ipv6_chk_addr_and_flags()). A prefix has the state of the first
 * address in it that undergoes DAD; those whose DAD has failed or cannot run do not count. So an
 * IPv4 prefix is always ready.
 *
 * Return: the status.
 */
struct address_status address_status(const struct pattern *pattern, const struct network *network);

/**
 * address_state_name() - Return: the state in a word, as in DADWAIT_STATE= of the journal
 */
const char *address_state_name(enum address_state state);
