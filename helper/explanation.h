/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Explain: what more the machine can tell about an address that is not ready
 */

#include "helper/target.h"

/**
 * explanation() - look for the cause
 * @targets:     an address that is not ready
 * @link:       the name of the link in question, or ""
 *
 * Of an address that is absent, a sysctl may say that no interface accepts any.
 *
 * Return: a clause, to be freed; NULL if there is nothing to add.
 */
char *explanation(const struct target *target, const char *link);
