/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Configurations in YAML and JSON that no format reads (docs/architecture.md says why)
 */

#include "formats/address-list.h"

#include <stdbool.h>

/**
 * yaml_is_likely() - whether the first line that is no comment looks like YAML
 */
bool yaml_is_likely(const char *content);

/**
 * json_is_likely() - whether a text begins as an object or a list of JSON
 *
 * A Caddyfile begins with '{', too, but no string follows it.
 */
bool json_is_likely(const char *content);

/**
 * unread_language_has_address() - whether a line has an address for which a service may wait
 * @left_out:   families that do not count: ADDRESS_IPV6, ADDRESS_IPV4
 */
bool unread_language_has_address(const char *line, unsigned left_out);

/**
 * unread_language_mention() - add that addresses are unknown, if the text has any
 * @reason:     as of address_list_add_unknown()
 *
 * The addresses may be those of other servers, so none is waited for. Only the first line is
 * mentioned. One that needs no waiting is not.
 *
 * Return: 0 or -ENOMEM.
 */
int unread_language_mention(const char *path, const char *content, const char *reason,
                            struct address_list *ret);
