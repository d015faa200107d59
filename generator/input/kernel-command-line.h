/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The kernel command line, as systemd reads it (kernel-command-line(7))
 */

#include "common/string-list.h"

/**
 * kernel_command_line_read() - the words of this machine's command line
 * @ret:        empty; receives the words, without quotes
 *
 * In a container these are PID 1's arguments, which systemd reads there as well.
 *
 * Return: 0, also if it cannot be read; -ENOMEM.
 */
int kernel_command_line_read(struct string_list *ret);

/**
 * kernel_command_line_split() - split a line into words
 * @line:       words separated by blanks; quotes keep blanks in a word, a backslash is a plain
 *              character
 * @ret:        each word is added to it
 *
 * Return: 0 or -ENOMEM.
 */
int kernel_command_line_split(const char *line, struct string_list *ret);

/**
 * kernel_command_line_value() - what a word assigns to a key
 * @key:        in which '-' and '_' are the same
 *
 * Return: the part of @word after '='; NULL if @word has another key, or no '='.
 */
const char *kernel_command_line_value(const char *word, const char *key);
