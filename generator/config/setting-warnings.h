/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The warnings about single settings of dadwait.conf(5): what is wrong, and what was probably meant
 */

#include "config/assignments.h"

#include <stddef.h>

/**
 * setting_warn_value() - log that the value of a key is ignored
 * @assignment: whose value is refused
 * @expected:   what the key takes: words, as in "start or fail", or a description that begins with
 *              "a" or "an"
 */
void setting_warn_value(const struct assignment *assignment, const char *expected);

/**
 * setting_warn_unknown_key() - log that a key is ignored
 * @assignment: whose key exists in no section of a service
 * @names:      the keys that exist
 */
void setting_warn_unknown_key(const struct assignment *assignment, const char *const *names,
                              size_t count);

/**
 * setting_warn_wrong_section() - log that a key is ignored, since it is one of other sections
 * @assignment: in the section [dadwait] or [sockets]
 */
void setting_warn_wrong_section(const struct assignment *assignment);

/**
 * setting_warn_address() - log if an address is used in another way than it was probably meant
 * @assignment: Address= or IgnoreAddress=, whose value is accepted
 */
void setting_warn_address(const struct assignment *assignment);
