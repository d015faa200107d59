/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * ntpd's options that affect what it listens on, in the defaults file of its start script
 */

#include "common/string-list.h"
#include "formats/ntp/rules.h"

struct ntp_options {
        struct ntp_rules rules;     /* -I, --interface */
        bool forbids_rules_in_file; /* -I or -L: ntpd refuses to start with rules in ntp.conf */
        unsigned families;          /* that -4 and -6 leave: ADDRESS_IPV4, ADDRESS_IPV6; 0: both */
        char *config;               /* -c, --configfile, or NULL */
};

/**
 * ntp_options_read() - read a command line
 * @command_line:       words separated by blanks; quotes mean nothing
 * @file:               that it is in
 * @ret:                zeroed
 *
 * Return: 0 or -ENOMEM. Options of NTPsec and of ntp 4.2.8 are known; a warning is logged for
 * others.
 */
int ntp_options_read(const char *command_line, const char *file, struct ntp_options *ret);

/**
 * ntp_options_read_words() - the same, where the words are known
 * @words:      without the program
 * @command_line: to be shown
 */
int ntp_options_read_words(const struct string_list *words, const char *command_line,
                           const char *file, struct ntp_options *ret);

/**
 * ntp_options_clear() - free all
 */
void ntp_options_clear(struct ntp_options *options);
