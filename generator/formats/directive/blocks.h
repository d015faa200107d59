/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The blocks "NAME … { }" around a statement, or the section "[NAME]" that it is in
 */

#include "common/string-list.h"

struct blocks {
        struct string_list names;    /* of the open blocks, the outermost first; a section is one */
        struct string_list sections; /* all that were seen: a section may be opened again */
        size_t *numbers;             /* one for each open block, all different */
        size_t opened;
};

/**
 * blocks_open() - enter the block that a statement with '{' behind it opens
 * @text:       of the statement; its first word is the block's name
 *
 * Return: 0 or -ENOMEM. Beyond a depth of 100 it forgets the outermost.
 */
int blocks_open(struct blocks *blocks, const char *text);

/**
 * blocks_close() - leave the innermost block, if there is one
 */
void blocks_close(struct blocks *blocks);

/**
 * blocks_read_section() - enter a section if a statement is a header "[NAME]"
 *
 * Return: 1 if it is; 0 if it is not; -ENOMEM.
 */
int blocks_read_section(struct blocks *blocks, const char *text);

/**
 * blocks_find_values() - the values of a statement, if its keyword and blocks are those of a path
 * @path:       "BLOCK/BLOCK/KEYWORD": the innermost blocks, as many as it names; "/KEYWORD":
 *              outside of all
 * @text:       of the statement
 *
 * Return: as statement_values(); NULL if it is another statement.
 */
const char *blocks_find_values(const struct blocks *blocks, const char *path, const char *text);

/**
 * blocks_number() - identifies the innermost block; a section has the same number each time it is
 * opened
 */
size_t blocks_number(const struct blocks *blocks);

/**
 * blocks_clear() - free all
 */
void blocks_clear(struct blocks *blocks);
