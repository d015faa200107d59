/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The values of a directive, and the addresses in them as daemons write them
 */

#include "common/pattern.h"

#include <stdbool.h>

/**
 * value_next() - cut off the next value
 * @cursor:     text; moved behind the value
 * @ret_length: its length
 *
 * Values end at blanks, commas, semicolons, parentheses, quotes and backslashes: "'a, b'" is two of
 * them.
 *
 * Return: its start, or NULL at the end.
 */
const char *value_next(const char **cursor, size_t *ret_length);

/**
 * values_contain() - whether one of the values is a word, in any case
 */
bool values_contain(const char *values, const char *word);

/**
 * value_parse() - read an address as daemons write it
 * @value:      @length bytes
 * @port_after_last_colon: whether what follows the last ':' of a bare address is its port
 * @ret:        the address; untouched on error
 *
 * ADDR, [ADDR], [ADDR]:PORT, ADDR@PORT, ADDR#PORT, each with or without "%SCOPE", "PROTOCOL@" or
 * "SCHEME://" before it, "<" and ">" around it; "PROTOCOL:", "PROTOCOL[NAME]:", "PROTOCOL/" or
 * "NAME=" before a '[', "PROTOCOL/" or "NAME=" before a bare ADDR, and "IPv6:". Of IPv4 dotted
 * quads, with the same around them, but none need a '['.
 *
 * Return: 0; -EINVAL if it is anything else: a name, a number, "-ADDR" (one that may be
 * missing), "!ADDR" (one that is not meant), ADDR/LENGTH (no one address); -ENODEV if it is an
 * address with a scope that pattern_parse() refuses.
 */
int value_parse(const char *value, size_t length, bool port_after_last_colon, struct pattern *ret);
