/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The plan: what the generator would write, and why, for someone at a terminal
 */

#include "decision.h"

/**
 * plan_print() - print the plan for one service to standard output
 * @text:       of drop_in_format() if the verdict is VERDICT_WAIT, else NULL
 *
 * Says nothing of services that are missing here and known from shipped definitions only.
 */
void plan_print(const struct service *service, const struct decision *decision, const char *text);
