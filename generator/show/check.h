/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What is wrong on this machine, for --check
 */

#include "plan/plan.h"

/**
 * check_print() - print to standard output, in a line each, what a wait would not help against
 * @plan:       with states and .in_force where they are known
 *
 * That is: a drop-in that differs from the plan, since the configuration was changed without a
 * reload; an address that is not assigned, that another host has or whose interface does not exist,
 * so that the wait for it would use up its time; a section for a unit that does not exist. Warnings
 * about the configuration are in the log.
 *
 * Return: whether anything was printed.
 */
bool check_print(const struct plan *plan);
