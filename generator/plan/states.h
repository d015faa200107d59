/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The present state of addresses, for the plan
 *
 * As the helper determines it (address-status.h). Only a call by hand asks: when systemd calls the
 * generator at boot, no address is assigned yet.
 */

#include "common/pattern.h"
#include "plan/plan.h"

/**
 * address_states() - ask the kernel
 * @patterns:   @count of them
 * @ret:        receives for each a static text: "ready", "tentative", "duplicate", "absent", ...
 *
 * Return: 0 or negative errno; @ret is untouched then.
 */
int address_states(const struct pattern *patterns, size_t count, const char **ret);

/**
 * plan_ask_states() - ask it for all addresses of a plan
 *
 * Return: 0 or negative errno; the plan is complete without it.
 */
int plan_ask_states(struct plan *plan);
