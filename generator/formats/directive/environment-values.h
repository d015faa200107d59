/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Addresses that a daemon takes from its environment
 */

#include "formats/directive/candidates.h"
#include "formats/format.h"

/**
 * environment_values_read() - add the addresses in the variables that Variable= names
 * @candidates: with Repeat=replace a variable that is not empty replaces those of files
 * @source:     its language, and the environment of the unit
 * @environment: "NAME=VALUE" entries besides, which go before those of the unit
 *
 * Return: 0 or -ENOMEM.
 */
int environment_values_read(const struct source *source, const struct string_list *environment,
                            struct candidates *candidates);
