/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The interface rules in ntp.conf(5)
 */

#include "formats/ntp/rules.h"
#include "input/tree.h"

/**
 * ntp_config_read() - read a configuration file, what it includes, and the directory beside it
 * @path:       ntp.conf. NTPsec then reads the *.conf files of "ntp.d" in the same directory
 *              (readconfig() in ntpd/ntp_config.c).
 * @rules:      receives the rules in the order of the configuration
 *
 * Return: 0 or -ENOMEM. A missing file has no rules.
 */
int ntp_config_read(struct tree *tree, const char *path, struct ntp_rules *rules);
