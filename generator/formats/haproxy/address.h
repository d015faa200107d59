/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * An address of `bind` and its like: str2sa_range() in haproxy's src/tools.c
 */

#include "common/pattern.h"

/**
 * address_parse() - read an address with its port
 * @text:       one of a list, variables replaced
 * @ret:        an address; untouched otherwise
 *
 * Return: 1; 0 if it is "*", "localhost", a socket of the file system or an
 * inherited one; -EINVAL if it is a name or anything else.
 */
int address_parse(const char *text, struct pattern *ret);
