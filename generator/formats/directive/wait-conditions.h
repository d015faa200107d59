/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Unless=, OnlyIf= and the like: whether the configuration says that the service has to wait at all
 *
 * Of one keyword the last statement counts: "ip-freebind: yes", then "ip-freebind: no".
 */

#include "config/directive-language.h"
#include "formats/directive/blocks.h"

#include <stdint.h>

/* Bits of a uint64_t; of more conditions the rest is ignored. */
enum { WAIT_CONDITIONS_MAX = 64 };

struct wait_conditions {
        uint64_t unless_met; /* bit N: the Nth Unless= holds */
        uint64_t ipv4_unless_met, ipv6_unless_met;
        uint64_t only_if_met; /* the same of OnlyIf= */
        uint64_t ipv4_only_if_met, ipv6_only_if_met;
};

/**
 * wait_conditions_update() - apply a statement
 * @blocks:     around it
 * @text:       of the statement
 *
 * Return: 0 or -ENOMEM.
 */
int wait_conditions_update(struct wait_conditions *conditions,
                           const struct directive_language *language, const struct blocks *blocks,
                           const char *text);

/**
 * wait_conditions_families() - for which addresses the service has to wait, after all statements
 *
 * Return: ADDRESS_IPV6, ADDRESS_IPV4, or 0.
 */
unsigned wait_conditions_families(const struct wait_conditions *conditions,
                                  const struct directive_language *language);
