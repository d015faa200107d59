/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Section names for several units: "[php{8.2,8.4}-fpm.service]"
 */

#include "common/string-list.h"

/**
 * section_name_expand() - the sections that a header names
 * @name:       without brackets; "…{WORD,WORD}…" is one section for each word, as in bash(1),
 * "Brace Expansion"
 * @ret_names:  empty; receives the names of the sections, or @name alone if it has no braces
 * @ret_words:  empty; receives the word of each; none if @name has no braces
 *
 * Return: 0; -EINVAL if the braces are not one pair with words in it, or if the name is a
 * template's or an instance's, in whose sections %i is the instance; -ENOMEM.
 */
int section_name_expand(const char *name, struct string_list *ret_names,
                        struct string_list *ret_words);
