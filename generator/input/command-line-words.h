/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Words of a setting in a unit file (systemd.syntax(7), "QUOTING"; systemd.service(5), "COMMAND
 * LINES")
 */

#include "common/string-list.h"

/**
 * command_line_words_add() - split a setting such as Environment= into words
 * @text:       the value; of the escapes only a backslash before any character is understood
 * @instance:   replaces "%i", or NULL; "%%" becomes "%", and other specifiers are kept
 * @ret:        each word is added to it
 *
 * Return: 0 or -ENOMEM.
 */
int command_line_words_add(const char *text, const char *instance, struct string_list *ret);
