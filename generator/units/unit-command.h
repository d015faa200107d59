/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The commands and the environment that a unit gives to its daemon (systemd.service(5),
 * systemd.exec(5))
 */

#include "units/exec-command.h"

struct unit_command {
        struct exec_command_list commands;    /* ExecStart=: several with Type=oneshot */
        struct string_list environment;       /* Environment=: "NAME=VALUE" */
        struct string_list environment_files; /* EnvironmentFile=: absolute, may have a '-' before
                                                 it and be a pattern */
        struct string_list unset;             /* UnsetEnvironment=: "NAME" or "NAME=VALUE" */
        struct string_list passed;            /* PassEnvironment=: names; values are not known */
        char *working_directory;              /* WorkingDirectory=, absolute, or NULL */
};

/**
 * unit_command_parse() - parse an assignment if it is one of those above
 * @ret:        zeroed before the first one; unit_command_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_command_parse(const struct unit_assignment *assignment, struct unit_command *ret);

/**
 * unit_command_add_programs() - the names of the programs that a unit runs
 * @ret:        receives for each command what exec_program_add_names() adds
 *
 * Files of EnvironmentFile= are not read, so a program that only they name is not found.
 *
 * Return: 0 or -ENOMEM.
 */
int unit_command_add_programs(const struct unit_command *command, struct string_list *ret);

/**
 * unit_command_clear() - free all
 */
void unit_command_clear(struct unit_command *command);
