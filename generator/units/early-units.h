/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Units that have to be started before this machine has its addresses: what is ordered before one
 * of them must not wait for an address, which is assigned afterwards
 */

#include <stdbool.h>

/**
 * early_unit() - whether addresses are assigned by, or after, a unit of this name
 *
 * These are the targets that every network manager is ordered after, and the network managers of
 * the common distributions with their helpers. Left out on purpose:
 * - network-online.target and the services that wait for it: who orders a service before them asks
 *   that the machine counts as online no sooner than the service runs. Addresses are assigned by
 *   then, or while those services wait.
 * - daemons that move single addresses between machines (keepalived, FRR, pacemaker): what is
 *   ordered before them has other addresses as well, and those it has to wait for.
 */
bool early_unit(const char *name);
