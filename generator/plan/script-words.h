/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The words of a shell script that starts a daemon, as far as they show where its addresses are
 * from
 *
 * A rough reading: all branches of a script count, and nothing is executed.
 */

#include "common/string-list.h"

/* In place of a separator of commands. */
#define SCRIPT_SEPARATOR ";"
/* In place of what cannot be known: a command substitution, an assignment to a kept variable. */
#define SCRIPT_UNKNOWN "`"

/**
 * script_words_read() - split a script into words
 * @text:       of the shell
 * @environment: "NAME=VALUE"
 * @kept:       names of variables that stay: "$NAME" and "${NAME}" become "$NAME"
 * @ret:        the words are added
 *
 * Quotes are removed; a blank inside of them becomes a comma. Other variables are replaced by their
 * values, those without one by "~". "${NAME:-WORD}" and the like become "$NAME~" and WORD,
 * "${NAME:+WORD}" becomes WORD. Of an assignment, the words of its value are added.
 *
 * Return: 0 or -ENOMEM.
 */
int script_words_read(const char *text, const struct string_list *environment,
                      const struct string_list *kept, struct string_list *ret);
