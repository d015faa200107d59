/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The text of a file in YAML or JSON: where it is read, and the strings in it
 */

#include <stdbool.h>
#include <stddef.h>

struct yaml_text {
        const char *p; /* what follows */
        const char *line_start;
        unsigned line;
        bool c_comments; /* those of C count, as in the JSON of Kea */
};

/* Where a scalar is; the column of what is around it counts in a block only. */
struct yaml_context {
        bool in_flow;       /* in brackets */
        bool may_be_key;    /* "KEY:" is valid here */
        long parent_column; /* lines that are deeper belong to the scalar */
};

/**
 * yaml_column() - of what follows, from 0 on
 */
long yaml_column(const struct yaml_text *text);

/**
 * yaml_step() - go behind some bytes
 */
void yaml_step(struct yaml_text *text, size_t length);

/**
 * yaml_skip_blanks() - go to the next byte on this line that is no blank
 */
void yaml_skip_blanks(struct yaml_text *text);

/**
 * yaml_skip_space() - go behind blanks, empty lines and comments
 */
void yaml_skip_space(struct yaml_text *text);

/**
 * yaml_is_space() - whether a byte is whitespace or the end
 */
bool yaml_is_space(char byte);

/**
 * yaml_line_ends() - whether only blanks and a comment follow on the line; they are skipped
 */
bool yaml_line_ends(struct yaml_text *text);

/**
 * yaml_scalar_read() - read a plain string, or one in quotes
 * @ret:        on one line; to be freed by the caller, also on error
 * @ret_is_key: whether a ':' followed, which is skipped too
 *
 * Return: 0; -EINVAL if it is no scalar, has no end, or is a key where none may be; -ENOMEM.
 */
int yaml_scalar_read(struct yaml_text *text, const struct yaml_context *context, char **ret,
                     bool *ret_is_key);

/**
 * yaml_block_scalar_read() - read what begins with '|' or '>'
 * @ret:        on one line; to be freed by the caller
 *
 * Return: 0 or -ENOMEM.
 */
int yaml_block_scalar_read(struct yaml_text *text, long parent_column, char **ret);
