/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The statements of a line of FreeRADIUS' configuration; there may be several
 */

#include <stdbool.h>

struct freeradius_statement {
        enum {
                FREERADIUS_WORD,    /* NAME alone; "$INCLUDE VALUE" */
                FREERADIUS_SETTING, /* NAME = VALUE */
                FREERADIUS_OPEN,    /* NAME { */
                FREERADIUS_CLOSE,   /* } */
        } type;
        char *name;
        char *value;     /* without quotes; NULL if there is none */
        bool is_literal; /* variables in the value are not expanded */
};

/**
 * freeradius_statement_next() - read the next statement of a line
 * @cursor:     in the line, NUL-terminated; is moved behind the statement
 * @ret:        zeroed, or of the call before; freeradius_statement_clear() it
 *
 * Return: 1; 0 at the end of the line; -ENOMEM.
 */
int freeradius_statement_next(const char **cursor, struct freeradius_statement *ret);

/**
 * freeradius_statement_clear() - free all
 */
void freeradius_statement_clear(struct freeradius_statement *statement);
