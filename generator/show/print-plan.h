/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

/*
 * The plan, for people and for programs
 */

#include "plan/plan.h"

/**
 * plan_print() - print it as a table; in colour on a terminal
 */
void plan_print(const struct plan *plan);

/**
 * plan_print_json() - print it as JSON (RFC 8259)
 * @refusal:    why there is nothing to do, or NULL
 */
void plan_print_json(const struct plan *plan, const char *refusal);
