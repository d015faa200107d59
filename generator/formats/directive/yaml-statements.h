/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Statements=yaml: the keys and values of YAML and JSON, as statements and blocks
 */

#include "common/string-list.h"
#include "formats/directive/statements.h"

struct yaml_statements {
        struct statement *items; /* their texts are the list's */
        size_t count;
};

/**
 * yaml_statements_read() - find all keys and their values
 * @content:    of a file
 * @comments:   of the language; "//" and the beginning of a comment of C are comments in JSON if
 *              they are among these, '#' always is one
 * @ret:        receives "KEY: VALUE" for each scalar, and "KEY" with '{' and '}' around what is in
 *              a map; what was read before an error is in it too
 *
 * Understood are maps and lists in either style, scalars plain, in quotes or in a block, anchors,
 * and several documents in a file. A tag is a part of its value. A list is the same as its items:
 * each is a value, or a block of its own.
 *
 * Return: 0; -EINVAL if there is anything else, such as an alias, or no map at all; -ENOMEM.
 */
int yaml_statements_read(const char *content, const struct string_list *comments,
                         struct yaml_statements *ret);

/**
 * yaml_statements_clear() - free all
 */
void yaml_statements_clear(struct yaml_statements *statements);
