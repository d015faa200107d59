/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether a definition knows where a shell script that starts a daemon has its addresses from
 */

#include "config/settings.h"
#include "plan/daemon-command.h"

/**
 * known_script_check() - whether nothing but known variables names an address in a script
 * @program:    whose is_script is true
 * @command:    that it is of
 *
 * Known are the variables of Variable=, and those of Directive= if the unit does not set them. A
 * script that uses none of them is not known. Neither is one with an address, with an option of the
 * definition that has another argument, or with commands or files that may add options.
 *
 * slapd.service of Debian 13 is known.
 *
 * Return: 1 if so, 0 if not; -ENOMEM.
 */
int known_script_check(const struct settings *settings, const struct exec_program *program,
                       const struct daemon_command *command);
