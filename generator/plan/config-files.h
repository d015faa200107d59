/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The configuration files of a service: those that its command line names, else those of Config=
 */

#include "config/settings.h"
#include "plan/daemon-command.h"

/**
 * config_files_find() - find them
 * @directory:  WorkingDirectory= of the unit, or NULL
 * @ret:        empty; receives absolute paths in the order in which they are read
 *
 * Logs a warning if the command line names one whose path cannot be known.
 *
 * Return: 1 if the command line names them; 0 if it does not; -ENOMEM.
 */
int config_files_find(struct tree *tree, const struct settings *settings,
                      const struct daemon_command *command, const char *directory,
                      struct string_list *ret);
