/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Why no address is known for a service that has none to wait for
 */

#include "plan/decision.h"

/**
 * no_address_explain() - set .cause of a decision to the reason
 * @existing:   those of the configuration files that exist
 * @decision:   VERDICT_NO_ADDRESS
 *
 * Return: 0 or -ENOMEM.
 */
int no_address_explain(const struct service *service, const struct string_list *existing,
                       struct decision *decision);
