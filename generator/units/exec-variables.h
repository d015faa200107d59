/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Variables in a command line, as systemd expands them (systemd.service(5), "Command lines";
 * replace_env_argv() in its src/basic/env-util.c)
 */

#include "common/string-list.h"

enum { EXEC_UNSET_MAX = 100 };

/**
 * exec_variables_expand() - expand the variables in the words of a command
 * @environment: "NAME=VALUE"
 * @ret:        empty; receives the words
 * @ret_unset:  receives names that are not assigned, each once, up to EXEC_UNSET_MAX
 *
 * A word that is "$NAME" becomes as many words as its value has, "${NAME}" is replaced within a
 * word, "$$" is "$". One that is not assigned is empty. Everything else stays: "a$NAME",
 * "${NAME:-x}".
 *
 * Return: 0; -E2BIG if that is more than execve(2) accepts, then @ret has the first ones; -ENOMEM.
 */
int exec_variables_expand(const struct string_list *words, const struct string_list *environment,
                          struct string_list *ret, struct string_list *ret_unset);
