/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What ntpd's command line says about listening: the options in the start script's defaults file
 */

#include "formats/ntp/rules.h"

struct ntp_options {
        struct ntp_rules rules;     /* -I, --interface */
        bool forbids_rules_in_file; /* -I or -L: ntpd refuses to start with rules in ntp.conf */
        bool ipv4_only;             /* -4, --ipv4 */
        char *config;               /* -c, --configfile, or NULL */
};

/**
 * ntp_options_read() - read a command line
 * @command_line:       words separated by blanks; the start scripts have no quotes understood
 * @file:               where it was found
 * @ret:                zeroed
 *
 * Return: 0 or -ENOMEM. Options of NTPsec and of ntp 4.2.8 are known; others are warned about.
 */
int ntp_options_read(const char *command_line, const char *file, struct ntp_options *ret);

/**
 * ntp_options_clear() - free all
 */
void ntp_options_clear(struct ntp_options *options);
