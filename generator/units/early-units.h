/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Units that are started before the machine has its addresses: a unit ordered before one of them
 * must not wait for an address, which is assigned only afterwards
 */

#include <stdbool.h>

/**
 * early_unit() - whether addresses are assigned by, or after, a unit of this name
 *
 * These are the targets that every network manager is ordered after, and the network managers of
 * the common distributions with their helpers. Left out on purpose:
 * - network-online.target and the services that wait for it: a service that is ordered before them
 *   has to run before the machine counts as online. Addresses are assigned by then, or while those
 *   services wait.
 * - daemons that move single addresses between machines (keepalived, FRR, pacemaker): a service
 *   ordered before them has other addresses as well, and has to wait for those.
 */
bool early_unit(const char *name);
