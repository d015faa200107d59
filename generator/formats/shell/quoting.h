/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Words and values as sh(1) quotes them: '…', "…", \c (POSIX XCU 2.2), with their variables
 * expanded
 *
 * A command ends with its line or before ';', '&', '|' and a comment (a '#' where a word begins).
 */

#include "common/string-list.h"

#include <stdbool.h>

/**
 * shell_read_word() - read up to a blank that is not quoted, or to the end of the command
 * @cursor:     where to read; left at what ended the word
 * @environment: "NAME=VALUE" entries
 * @ret:        receives the word; to be freed by the caller, also on -EINVAL
 *
 * Return: 0; -EINVAL if the word cannot be known: it has a command substitution, or a parameter
 * expansion that environment_write_value() does not understand; -ENOMEM.
 */
int shell_read_word(const char **cursor, const struct string_list *environment, char **ret);

/**
 * shell_read_value() - read up to the end of the command
 * Arguments and return as of shell_read_word(). Blanks inside are kept, those at the end as well.
 */
int shell_read_value(const char **cursor, const struct string_list *environment, char **ret);

/**
 * shell_skip_blanks() - move to the next word of a command
 *
 * Return: whether there is one.
 */
bool shell_skip_blanks(const char **cursor);
