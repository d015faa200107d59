/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

/*
 * What the plan says beneath the units that wait and those that do not
 *
 * Each function prints its title too, or nothing if there is nothing to say.
 */

#include "plan/plan.h"
#include "show/columns.h"

/**
 * plan_print_known() - by which program or section a unit is known, and what is read for it
 */
void plan_print_known(const struct table *table, const struct plan *plan);

/**
 * plan_print_ignored() - addresses that IgnoreAddress= leaves out, and where it is
 */
void plan_print_ignored(const struct table *table, const struct plan *plan);

/**
 * plan_print_not_waited() - addresses that nothing waits for, of units that were asked for by name
 *
 * The plan of a whole machine would have a row for each "listen [::]:80".
 */
void plan_print_not_waited(const struct table *table, const struct plan *plan);

/**
 * plan_print_unknown() - statements whose addresses cannot be known at boot, and those that can be
 * none
 */
void plan_print_unknown(const struct table *table, const struct plan *plan);

/**
 * plan_print_mentions() - what looks like a listener, and is not read
 */
void plan_print_mentions(const struct table *table, const struct plan *plan);

/**
 * plan_print_unknown_units() - started units that are not known, with addresses on their command
 * line
 */
void plan_print_unknown_units(const struct table *table, const struct plan *plan);

/**
 * plan_print_late_mounts() - configuration on file systems that are not mounted yet at boot
 */
void plan_print_late_mounts(const struct table *table, const struct plan *plan);

/**
 * plan_print_sockets() - socket units with an address of their own
 */
void plan_print_sockets(const struct table *table, const struct socket_plan *sockets);
