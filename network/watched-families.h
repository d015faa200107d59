/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Watched families: what of IPv6 and IPv4 the kernel is asked about
 *
 * Only what can change the status of a pattern: where nobody waits for IPv4, no message and no
 * system call is about IPv4.
 */

#include "network/network.h"

/**
 * watched_families() - the families of addresses that matter to patterns
 *
 * IPv4 does not matter to an IPv4 prefix, which is always ready.
 *
 * Return: ADDRESS_IPV6, ADDRESS_IPV4.
 */
unsigned watched_families(const struct pattern *patterns, size_t n_patterns);

/**
 * watched_families_read_sysctls() - bring .nonlocal_bind up to date
 * @network:    the network
 * @families:   of watched_families()
 *
 * Return: whether something has changed.
 */
bool watched_families_read_sysctls(struct network *network, unsigned families);
