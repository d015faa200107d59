/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Units of systemd itself, which need not be read to find out what is started
 */

#include "units/unit-index.h"

/**
 * systemd_unit() - whether a unit is as systemd ships it, and pulls in no other package's service
 * @units:      of unit_index_read()
 * @name:       of the unit, not an alias
 *
 * That is, its file is in /usr/lib/systemd/system, it has no drop-ins under its name, and it is
 * either called "systemd-…", as all programs of systemd are, or a target of systemd.special(7). A
 * daemon that binds configured addresses may be started early in boot, by a link in
 * sysinit.target.wants for example; so how early a unit is started is no reason to pass over it.
 *
 * Return: 1 if so; 0; -ENOMEM.
 */
int systemd_unit(const struct unit_index *units, const char *name);
