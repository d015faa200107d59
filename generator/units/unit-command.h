/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The command line and the environment that a unit gives to its daemon (systemd.service(5),
 * systemd.exec(5))
 */

#include "units/unit-reader.h"

struct unit_command {
        struct string_list environment; /* Environment=: "NAME=VALUE" */
        struct string_list arguments;   /* ExecStart=: its words without the program */
        char *arguments_file;           /* that has the last ExecStart=, or NULL */
};

/**
 * unit_command_parse() - parse an assignment if it is Environment= or ExecStart=
 * @ret:        zeroed before the first one; unit_command_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_command_parse(const struct unit_assignment *assignment, struct unit_command *ret);

/**
 * unit_command_clear() - free all
 */
void unit_command_clear(struct unit_command *command);
