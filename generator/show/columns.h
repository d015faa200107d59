/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

/*
 * A table on standard output, in colour on a terminal
 */

#include "formats/address-list.h"

enum column { COLUMN_UNIT, COLUMN_PROGRAM, COLUMN_ADDRESS, COLUMN_STATE, COLUMNS };

/* Escape sequences of terminals, ECMA-48. */
#define BOLD   "\033[1m"
#define RED    "\033[31m"
#define GREEN  "\033[32m"
#define YELLOW "\033[33m"

struct table {
        int width[COLUMNS]; /* 0: no such column */
        int line;           /* width of the terminal; 0: unlimited */
        bool coloured;
};

/**
 * print_text() - printf(3) of what may be from files
 * @format:     a newline may be at its end only
 *
 * A terminal obeys control characters, and a name or a value with a newline could look like a row.
 * So these become '?' (common/text.h), except for the newline of @format.
 */
void print_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * print_text_has_failed() - whether any text was left out for want of memory
 */
bool print_text_has_failed(void);

/**
 * table_init() - an empty table, as wide as the terminal, in colour if NO_COLOR is not set
 */
void table_init(struct table *table);

/**
 * table_widen() - make a column wide enough for a text
 */
void table_widen(struct table *table, enum column column, const char *text);

/**
 * table_print_cell() - print a text, and blanks up to the next column; nothing if there is no such
 * column
 * @colour:     one of those above, or ""
 */
void table_print_cell(const struct table *table, enum column column, const char *colour,
                      const char *text);

/**
 * table_print_title() - print a line in bold
 */
void table_print_title(const struct table *table, const char *title);

/**
 * table_print_origin() - end a row with file and line where an address was found, and the text
 * there
 *
 * The text is cut so that the row fits the terminal.
 */
void table_print_origin(const struct table *table, const struct address *address);
