/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "common/string-list.h"

/**
 * unit_name_list_add() - add the names in a setting that is a list of units, such as Before=
 * @text:       names separated by blanks; quotes have no meaning there, and names with quotes are
 *              left out, since no unit has such a name
 * @instance:   replaces "%i", or NULL
 *
 * Return: 0 or -ENOMEM.
 */
int unit_name_list_add(const char *text, const char *instance, struct string_list *ret);
