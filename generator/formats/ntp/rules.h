/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * ntpd's interface rules, and the addresses they leave to listen on
 *
 * The source of the rules: config_nic_rules() in ntpd/ntp_config.c and interface_action() in
 * ntpd/ntp_io.c, of NTPsec and of ntp 4.2.8 alike; ntp.conf(5), "interface".
 */

#include "formats/address-list.h"

enum ntp_reach {
        NTP_REACH_NOTHING, /* no IPv6 address that could be tentative */
        NTP_REACH_PATTERN, /* the addresses of the pattern, no more and no fewer */
        NTP_REACH_SOME,    /* some of them: those on interfaces whose names only ntpd will know */
};

struct ntp_rule {
        bool binds; /* listen, and drop, which binds as well; false: ignore */
        enum ntp_reach reach;
        struct pattern pattern;
        char *file;
        unsigned line;
        char *text;
};

struct ntp_rules {
        struct ntp_rule *items;
        size_t count;
};

/* What a rule says it applies to. */
enum ntp_target {
        NTP_TARGET_ALL,      /* "all", "ipv6" */
        NTP_TARGET_NO_IPV6,  /* "ipv4", "wildcard" */
        NTP_TARGET_NETWORK,  /* ADDR, ADDR/LEN or the name of an interface */
        NTP_TARGET_INTERFACE /* ADDR or the name of an interface, as option -I takes it */
};

/**
 * ntp_rules_add() - append a rule
 * @name:       what a target of the last two kinds says
 * @file:       where the rule was found; @file, @line and @text as in struct address
 *
 * Warns about a @name that matches nothing.
 *
 * Return: 0 or -ENOMEM.
 */
int ntp_rules_add(struct ntp_rules *rules, bool binds, enum ntp_target target, const char *name,
                  const char *file, unsigned line, const char *text);

/**
 * ntp_rules_resolve() - what to wait for where these rules hold
 * @rules:      one at least; without any, ntpd binds every address
 * @ret:        receives the addresses
 *
 * Return: 0 or -ENOMEM.
 */
int ntp_rules_resolve(const struct ntp_rules *rules, struct address_list *ret);

/**
 * ntp_rules_clear() - free all
 */
void ntp_rules_clear(struct ntp_rules *rules);
