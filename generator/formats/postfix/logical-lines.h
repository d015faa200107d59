/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The lines of main.cf and master.cf: one that begins with white space continues the one before;
 * comments and empty lines between them vanish (readllines() in util/readlline.c of Postfix)
 */

#include <stdbool.h>

struct logical_lines {
        char *position; /* what is not read yet */
        unsigned number;
};

struct logical_line {
        char *text;    /* within the content, NUL-terminated */
        unsigned line; /* where it begins, 1-based */
};

/**
 * logical_lines_init() - start reading
 * @content:    borrowed, and changed
 */
void logical_lines_init(struct logical_lines *lines, char *content);

/**
 * logical_lines_next() - read the next one
 *
 * Return: false at the end.
 */
bool logical_lines_next(struct logical_lines *lines, struct logical_line *ret);
