/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * In force: the drop-ins that systemd has read, which the generator wrote at the last reload
 */

#include "plan/plan.h"

/**
 * in_force_compare() - compare the plan with what is below /run/systemd/generator
 * @tree:       this machine
 * @plan:       .in_force of each entry is set, and .stale; unchanged where systemd does not run.
 *              .stale is not if the user may not read all that the generator reads
 *
 * Return: 0 or negative errno.
 */
int in_force_compare(struct tree *tree, struct plan *plan);

/**
 * in_force_find_mask() - find what keeps systemd from running the generator
 * @ret:        a file or link of the administrator with the generator's name, static; or NULL
 *
 * systemd.generator(7): a file of that name in a directory of higher priority replaces it, and an
 * empty one or a link to /dev/null masks it.
 */
void in_force_find_mask(struct tree *tree, const char **ret);
