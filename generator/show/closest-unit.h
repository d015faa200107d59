/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The unit that the section of a missing unit was probably meant for
 */

#include "plan/plan.h"

/**
 * closest_unit_find() - the unit that was probably meant
 * @plan:       has it, with another verdict than "missing"
 * @name:       of a unit that does not exist
 *
 * Return: the name, borrowed from @plan; NULL if none is similar, or without memory.
 */
const char *closest_unit_find(const struct plan *plan, const char *name);
