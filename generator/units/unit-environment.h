/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The environment of a unit's processes, as far as files say it (systemd.exec(5), "Environment")
 *
 * What the manager adds by itself, as PATH and the variables of PassEnvironment=, is not known.
 */

#include "input/tree.h"
#include "units/unit-command.h"

/**
 * unit_environment_read() - read the environment of a unit
 * @ret:        empty; receives "NAME=VALUE", one for each name
 * @ret_files:  empty; receives the files that were read
 *
 * Environment=, then each EnvironmentFile=, which overrides what came before, without
 * UnsetEnvironment=.
 *
 * Return: 0 or -ENOMEM. A file that exists but cannot be read is skipped with a warning.
 */
int unit_environment_read(struct tree *tree, const struct unit_command *command,
                          struct string_list *ret, struct string_list *ret_files);

/**
 * unit_environment_parse() - parse the text of an EnvironmentFile=
 * @path:       for warnings
 * @text:       @size bytes and a NUL
 * @ret:        receives the assignments; may hold some already, which are replaced
 *
 * As in systemd (parse_env_file_internal() in src/basic/env-file.c), which is no shell: no
 * variable is expanded, "export NAME=x" assigns nothing, a '#' begins a comment only where a name
 * would, quotes count where a value or a further part of it begins.
 *
 * Return: 0 or -ENOMEM.
 */
int unit_environment_parse(const char *path, const char *text, size_t size,
                           struct string_list *ret);
