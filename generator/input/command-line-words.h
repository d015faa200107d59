/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "common/string-list.h"

/**
 * command_line_words_add() - the words of a unit file's setting, such as Environment=
 * @text:       quoted as in systemd.syntax(7); of its escapes a backslash before any character is
 *              understood
 * @instance:   what "%i" stands for, or NULL; "%%" is a "%", other specifiers stay as they are
 * @ret:        each word is added to it
 *
 * Return: 0 or -ENOMEM.
 */
int command_line_words_add(const char *text, const char *instance, struct string_list *ret);
