/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Families=: which addresses of the configuration of a service are waited for
 */

#include "formats/address-list.h"

/* Without Families=. */
enum { FAMILIES_DEFAULT = ADDRESS_IPV6 };

/**
 * families_parse() - read the value of Families=
 * @value:      "ipv6", "ipv4" or both, with blanks between, in any order; empty: the default
 * @ret:        ADDRESS_IPV6 and ADDRESS_IPV4; untouched on error
 *
 * Return: 0; -EINVAL if a word is neither; -ENOMEM.
 */
int families_parse(const char *value, unsigned *ret);
