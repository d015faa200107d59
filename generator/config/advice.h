/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Advice about settings of dadwait.conf(5) that were probably meant in another way
 */

#include "common/pattern.h"

#include <stddef.h>

/**
 * advice_closest() - the name that was probably meant
 * @word:       as it was written
 * @names:      those that exist
 *
 * Return: the only one that begins with @word and is at most seven letters longer; else the one
 * that differs by case only, or by at most two letters that are missing, wrong, or too many;
 * borrowed from @names. NULL if there is none.
 */
const char *advice_closest(const char *word, const char *const *names, size_t count);

/**
 * advice_for_value() - why a value of any key is not taken
 * @value:      that is refused
 *
 * Return: a static clause such as "without quotes"; NULL if nothing is to be said.
 */
const char *advice_for_value(const char *value);

/**
 * advice_for_path() - why a value is not taken for an absolute path
 * @value:      that setting_check_path() refuses
 *
 * Return: a static clause; NULL if nothing is to be said.
 */
const char *advice_for_path(const char *value);

/**
 * advice_for_words() - why a value is not taken for words that blanks separate
 * @value:      that is refused
 *
 * Return: a static clause; NULL if nothing is to be said.
 */
const char *advice_for_words(const char *value);

/**
 * advice_for_programs() - why a value of Program= is refused
 *
 * Return: a static clause.
 */
const char *advice_for_programs(const char *value);

/**
 * advice_for_units() - why a value of Units= is refused
 *
 * Return: a static clause.
 */
const char *advice_for_units(const char *value);

/**
 * advice_for_families() - why a value of Families= is refused
 *
 * Return: a static clause; NULL if nothing is to be said.
 */
const char *advice_for_families(const char *value);

/**
 * advice_for_address() - why a value is not taken for an address
 * @value:      of Address= or IgnoreAddress=, which pattern_parse() refuses
 *
 * Return: a static clause such as "without brackets and port"; NULL if nothing is to be said.
 */
const char *advice_for_address(const char *value);

/**
 * advice_has_host_bits() - whether an address with a prefix length is more than the prefix
 * @value:      that pattern_parse() takes
 * @ret:        receives the address alone
 *
 * `ip address` prints the address of an interface so: 2001:db8::9/64.
 */
bool advice_has_host_bits(const char *value, struct pattern *ret);
