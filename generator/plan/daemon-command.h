/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What a unit's command line and environment say to its daemon
 */

#include "units/exec-program.h"
#include "units/unit-command.h"

struct daemon_command {
        const struct unit_command *source; /* borrowed */
        struct string_list environment;    /* of the unit, files included */
        struct string_list files;          /* that its EnvironmentFile= names */
        struct string_list fallback;   /* of the definition's EnvironmentFile=, then of the unit */
        struct exec_program *programs; /* one for each command that counts */
        size_t count;
        struct string_list arguments; /* of all programs */
        const char *file;             /* of the last one; borrowed, or NULL */
        unsigned line;
};

/**
 * daemon_command_read() - read the environment of a unit, and expand the commands of a unit
 * @command:    outlives @ret
 * @names:      Program= of the definition. A unit of Type=oneshot may have several commands: if one
 * runs such a program, the others do not count
 * @files:      EnvironmentFile= of the definition: variables that the unit itself does not set
 * @ret:        zeroed; daemon_command_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int daemon_command_read(struct tree *tree, const struct unit_command *command,
                        const struct string_list *names, const struct string_list *files,
                        struct daemon_command *ret);

/**
 * daemon_command_clear() - free all
 */
void daemon_command_clear(struct daemon_command *command);
