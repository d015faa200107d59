/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Why no address is known for a service that has none to wait for
 */

#include "plan/plan.h"

/**
 * no_address_explain() - set .decision.cause to the reason
 * @tree:       where its files are; .was_denied counts for this entry
 * @entry:      with VERDICT_NO_ADDRESS, complete except for .mentions
 *
 * Return: 0 or -ENOMEM.
 */
int no_address_explain(struct tree *tree, struct plan_entry *entry);
