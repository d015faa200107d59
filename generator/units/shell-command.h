/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The text behind `sh -c`, if it is one command of plain words: "exec nginx -c $CONF"
 */

#include "common/string-list.h"

/**
 * shell_command_read() - split a command into its words
 * @environment: "NAME=VALUE"; assignments before the command are added to it
 * @ret:        empty; receives the words, without "exec", redirections and what is behind them
 *
 * Quotes and $NAME are understood (POSIX XCU 2.2, 2.5.3, 2.6.5).
 *
 * Return: 1; 0 if it is anything else, as several commands, or has a substitution; -ENOMEM.
 */
int shell_command_read(const char *text, struct string_list *environment, struct string_list *ret);
