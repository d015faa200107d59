/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The status of an address: whether bind() to a pattern would succeed on a network and, if not,
 * what is in its way
 *
 * A pure function: it knows the present and nothing else. What has been waited for, and for how
 * long, is the business of target.h.
 */

#include "network/network.h"

enum address_state {
        STATE_READY,
        STATE_TENTATIVE,    /* DAD runs (RFC 4862, section 5.4) */
        STATE_NO_CARRIER,   /* tentative, on a link where DAD cannot run */
        STATE_DADFAILED,    /* another host has the address */
        STATE_OTHER_VRF,    /* assigned, in a VRF that this process is not in */
        STATE_ABSENT,       /* not assigned */
        STATE_NO_INTERFACE, /* the interface named by the pattern does not exist */
        STATE_UNKNOWN,      /* the kernel has not been asked, or does not answer */
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
 * Of several holders of an exact address the best decides: bind(2) looks for one that is past DAD
 * (the kernel's __ipv6_chk_addr_and_flags()). Of several addresses in a prefix the first that
 * undergoes DAD decides; those whose DAD has failed or cannot run are passed over.
 *
 * Return: the status.
 */
struct address_status address_status(const struct pattern *pattern, const struct network *network);

/**
 * address_state_name() - Return: the state in a word, as in DADWAIT_STATE= of the journal
 */
const char *address_state_name(enum address_state state);
