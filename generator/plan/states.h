/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The state of addresses at this moment, for someone at a terminal
 *
 * The helper's own judgement of the kernel's state. systemd's calls of the generator never ask: at
 * boot there is nothing to be seen yet.
 */

#include "common/pattern.h"

/**
 * address_states() - ask the kernel
 * @patterns:   @count of them
 * @ret:        receives for each a static text: "ready", "tentative", "duplicate", "absent", ...
 *
 * Return: 0 or negative errno; @ret is untouched then.
 */
int address_states(const struct pattern *patterns, size_t count, const char **ret);
