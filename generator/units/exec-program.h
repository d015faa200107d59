/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Which program a command runs in the end: behind variables, `env`, `nice` and the like, `sh -c`,
 * and the scripts that start daemons
 */

#include "units/exec-command.h"

struct exec_program {
        const struct exec_command *source; /* borrowed */
        char *name;                        /* of the program's file, without its directory */
        struct string_list arguments;      /* without argv[0], variables expanded */
        struct string_list environment;    /* of the unit, and what `env` and the shell add */
        char *directory;                   /* of `env --chdir=`, or NULL */
        struct string_list unset;          /* variables in the arguments that are not assigned */
        bool is_script; /* @name is a shell with text that is more than one plain command */
        bool is_cut;    /* more arguments than execve(2) accepts: the first ones */
};

/**
 * exec_program_find() - find the program of a command
 * @command:    outlives @ret
 * @environment: of the unit, "NAME=VALUE"
 * @ret:        zeroed; exec_program_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int exec_program_find(const struct exec_command *command, const struct string_list *environment,
                      struct exec_program *ret);

/**
 * exec_program_has_name() - whether a program is called, or is a script that starts, @name
 *
 * Scripts: apachectl starts apache2 or httpd, pg_ctlcluster starts postgres, and so on.
 */
bool exec_program_has_name(const struct exec_program *program, const char *name);

/**
 * exec_program_add_names() - add each name for which exec_program_has_name() is true
 *
 * Return: 0 or -ENOMEM.
 */
int exec_program_add_names(const struct exec_program *program, struct string_list *ret);

/**
 * exec_program_clear() - free all
 */
void exec_program_clear(struct exec_program *program);
