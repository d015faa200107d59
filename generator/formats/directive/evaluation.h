/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the statements read so far mean, as the definition describes their language
 */

#include "formats/directive/blocks.h"
#include "formats/directive/candidates.h"
#include "formats/directive/expansion.h"
#include "formats/directive/include-files.h"
#include "formats/directive/statements.h"
#include "formats/directive/wait-conditions.h"

struct evaluation {
        const struct directive_language *language; /* borrowed */
        struct expansion expansion;
        struct blocks blocks; /* that are open */
        struct wait_conditions conditions;
        struct candidates candidates;
        bool is_further;         /* the statement adds to the one before, whatever Repeat= says */
        struct string_list seen; /* Repeat=first: directives that there have been */
};

/**
 * evaluation_begin_statement() - apply a statement
 * @file:       that it is in
 * @ret_includes: receives each Include= keyword with its values, for include_pattern()
 *
 * Return: 0; -EDQUOT, which was logged, if variables expand to too much; -ENOMEM.
 */
int evaluation_begin_statement(struct evaluation *evaluation, const char *file,
                               const struct statement *statement, struct inclusions *ret_includes);

/**
 * evaluation_end_statement() - open or close the block that a statement ends with
 *
 * What the statement includes is read before, and so belongs to the block around it.
 *
 * Return: 0 or -ENOMEM.
 */
int evaluation_end_statement(struct evaluation *evaluation, const struct statement *statement);

/**
 * evaluation_clear() - free all
 */
void evaluation_clear(struct evaluation *evaluation);
