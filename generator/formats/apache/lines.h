/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Logical lines: those of a file, continued with a backslash, and those that macros insert
 */

#include <stdbool.h>
#include <stddef.h>

struct insertion;

struct lines {
        unsigned number; /* where the current line began; in a macro's text: where it was used */

        char *text; /* the current line, without blanks around it */
        size_t text_size;

        char *data; /* the whole file */
        size_t size, position;
        unsigned physical; /* lines of the file read so far */
        struct insertion *insertions;
        unsigned depth; /* how many insertions are open */
};

/**
 * lines_next() - read the next logical line into @lines->text
 *
 * As ap_cfg_getline() (server/util.c): a backslash before the newline, or before CR and newline,
 * joins the next line, in comments too. A NUL ends the line.
 *
 * Return: 1; 0 at the end of the file; or -ENOMEM.
 */
int lines_next(struct lines *lines);

/**
 * lines_insert() - read other lines first
 * @name:       what is inserted; copied
 * @text:       lines, each with its newline; owned by @lines from now on, freed here on error
 *
 * Return: 0 or -ENOMEM.
 */
int lines_insert(struct lines *lines, const char *name, char *text);

/**
 * lines_inside() - whether the current line is in an insertion, or in one within it
 * @name:       of the insertion
 */
bool lines_inside(const struct lines *lines, const char *name);

/**
 * lines_clear() - free all; usable as CLEANUP(lines_clear)
 */
void lines_clear(struct lines *lines);
