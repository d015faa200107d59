/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The addresses that a service binds, as its configuration and its command line say
 */

#include "plan/decision.h"

/**
 * configured_addresses_read() - read them, those of Address= excepted
 * @unit:       of decision_read_unit()
 * @families:   addresses of others are left out
 * @ret:        receives .addresses, .program, .config, .config_is_of_command, .first_path and
 *              .missing
 *
 * The budget of the service begins anew.
 *
 * Return: 0 or -ENOMEM.
 */
int configured_addresses_read(struct tree *tree, const struct service *service,
                              const struct unit_settings *unit, unsigned families,
                              struct decision *ret);
