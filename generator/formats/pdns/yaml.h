/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The configuration of PowerDNS Recursor 5 is YAML, which is not parsed
 */

#include "formats/address-list.h"

#include <stdbool.h>

/**
 * yaml_is_likely() - whether the first line that is no comment looks like YAML
 */
bool yaml_is_likely(const char *content);

/**
 * yaml_mention_addresses() - add that addresses are unknown, if the text has any
 *
 * The addresses may be those of other servers, so none is waited for. Only the first line is
 * mentioned. One that needs no waiting is not.
 *
 * Return: 0 or -ENOMEM.
 */
int yaml_mention_addresses(const char *path, const char *content, struct address_list *ret);

/**
 * yaml_include_dir() - the value of "include_dir: PATH", where it is a plain one
 * @ret:        receives a copy; NULL if there is none
 *
 * Return: 0 or -ENOMEM.
 */
int yaml_include_dir(const char *content, char **ret);
