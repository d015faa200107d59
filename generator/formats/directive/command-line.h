/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The command line of a service: the options among its words
 */

#include "common/string-list.h"

/**
 * options_expand() - replace the variables in a command line
 * @arguments:  words of an ExecStart=
 * @environment: "NAME=VALUE" entries
 * @ret:        receives the words; a "$NAME" becomes as many as are in its value, a "${NAME}" is
 *              replaced within its word (systemd.service(5), "Command lines")
 *
 * Return: 0 or -ENOMEM.
 */
int options_expand(const struct string_list *arguments, const struct string_list *environment,
                   struct string_list *ret);

/**
 * options_match() - the argument of an option
 * @option:     "-a" or "--address"; "-o KEYWORD": its argument is a statement of this keyword
 * @words:      of a command line
 * @index:      of the word that may be the option
 *
 * Understood: "-a ADDR", "-aADDR", "--address ADDR", "--address=ADDR".
 *
 * Return: the argument, of a statement what follows the keyword; NULL if it is another option.
 */
const char *options_match(const char *option, const struct string_list *words, size_t index);
