/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The commands of ExecStart= (systemd.service(5), "Command lines")
 */

#include "units/unit-reader.h"

/* One command, before variables are expanded. */
struct exec_command {
        char *program;                /* a path or a name that systemd searches for */
        struct string_list arguments; /* without argv[0] */
        bool expands_variables;       /* no ':' before the program */
        bool in_shell;                /* '|' before it: a shell reads the words (systemd 258) */
        char *file;
        unsigned line;
};

struct exec_command_list {
        struct exec_command *items;
        size_t count;
};

/**
 * exec_command_list_parse() - add the commands of an ExecStart=
 * @assignment: an empty value resets the list
 *
 * As in systemd, a lone ';' separates commands, and a command whose quoting is wrong is ignored.
 * Specifiers are expanded.
 *
 * Return: 0 or -ENOMEM.
 */
int exec_command_list_parse(const struct unit_assignment *assignment,
                            struct exec_command_list *ret);

/**
 * exec_command_list_clear() - free all; the list is empty and usable afterwards
 */
void exec_command_list_clear(struct exec_command_list *list);
