/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The names of sections: those for several units, "[php{8.2,8.4}-fpm.service]", and what a name
 * that is none was probably meant to be
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

/**
 * section_name_advise() - what a section that is ignored was probably meant to be
 * @name:       without brackets
 * @ret:        receives a clause such as "did you mean [apache2.service]?", to be freed
 *
 * Return: 0 or -ENOMEM.
 */
int section_name_advise(const char *name, char **ret);
