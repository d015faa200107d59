/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The services that podman's generator makes (units/quadlet-list.h)
 *
 * Its output is in normal-dir of systemd.generator(7): files of a unit that systemd prefers to that
 * directory override it, others do not.
 */

#include "plan/service.h"

/**
 * quadlet_services_resolve() - whether a unit that was looked up is made by podman's generator
 * @quadlets:   outlives @unit
 * @unit:       of unit_find(); becomes UNIT_QUADLET with the name that the unit has
 *
 * Return: 0 or -ENOMEM.
 */
int quadlet_services_resolve(const struct quadlet_list *quadlets, const struct unit_index *units,
                             struct unit *unit);

/**
 * quadlet_services_add() - add the units of the files that are not in the list yet
 * @list:       of services that are not configured yet
 *
 * Of a template: itself, since its drop-in is that of all instances; its DefaultInstance=; and each
 * instance that is enabled, since an address may hold its name.
 *
 * Return: 0 or -ENOMEM.
 */
int quadlet_services_add(const struct service_context *context, struct service_list *list);
