/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * ntpd's interface rules, and the addresses that it listens on by them
 *
 * The source of the rules: config_nic_rules() in ntpd/ntp_config.c and interface_action() in
 * ntpd/ntp_io.c, of NTPsec and of ntp 4.2.8 alike; ntp.conf(5), "interface".
 */

#include "formats/address-list.h"

enum ntp_reach {
        NTP_REACH_NOTHING, /* no address that could be late */
        NTP_REACH_PATTERN, /* the addresses of the pattern, no more and no fewer */
        NTP_REACH_SOME,    /* some of them: on which interfaces is known only when ntpd runs */
};

struct ntp_rule {
        bool binds; /* listen, and drop, which binds as well; false: ignore */
        enum ntp_reach reach;
        struct pattern pattern; /* "any" for NTP_TARGET_ALL and interfaces, of both families */
        unsigned families;      /* ADDRESS_IPV6, ADDRESS_IPV4: of what it applies to */
        char *file;
        unsigned line;
        char *text;
};

struct ntp_rules {
        struct ntp_rule *items;
        size_t count;
};

/* What a rule applies to. */
enum ntp_target {
        NTP_TARGET_ALL,      /* "all" */
        NTP_TARGET_IPV6,     /* "ipv6" */
        NTP_TARGET_IPV4,     /* "ipv4" */
        NTP_TARGET_WILDCARD, /* "wildcard" */
        NTP_TARGET_NETWORK,  /* ADDR, ADDR/LEN or the name of an interface */
        NTP_TARGET_INTERFACE /* ADDR or the name of an interface, as in option -I */
};

/**
 * ntp_rules_add() - append a rule
 * @name:       the target, if it is of the last two kinds
 * @file:       that the rule is in; @file, @line and @text as in struct address
 *
 * Logs a warning for a @name that matches nothing.
 *
 * Return: 0 or -ENOMEM.
 */
int ntp_rules_add(struct ntp_rules *rules, bool binds, enum ntp_target target, const char *name,
                  const char *file, unsigned line, const char *text);

/**
 * ntp_rules_resolve() - what to wait for with these rules
 * @rules:      one at least; without any, ntpd binds every address
 * @families:   that ntpd uses
 * @ret:        receives the addresses. IPv4 prefixes are left out: ntpd binds what is assigned, and
 *              IPv4 addresses that are assigned are ready
 *
 * Return: 0 or -ENOMEM.
 */
int ntp_rules_resolve(const struct ntp_rules *rules, unsigned families, struct address_list *ret);

/**
 * ntp_rules_clear() - free all
 */
void ntp_rules_clear(struct ntp_rules *rules);
