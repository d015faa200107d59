/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Names that people ask for, and that the plan does not have
 */

#include "run/work.h"

/**
 * unmatched_names_log() - say why they are not in the plan
 * @plan:       with all units that the @count names mean
 *
 * Logs one warning for each: there is no such unit, and what was probably meant; it is a template,
 * of another type or masked; nothing starts it; or its program is not known.
 *
 * Return: 0, or -ENOENT if there are any.
 */
int unmatched_names_log(const struct work *work, const struct plan *plan, char *const *names,
                        size_t count);
