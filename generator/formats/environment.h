/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Variables that a start script or EnvironmentFile= sets: /etc/default/NAME, /etc/sysconfig/NAME
 *
 * Scripts source these files, systemd parses them (systemd.exec(5), EnvironmentFile=). No shell
 * runs here: plain assignments are understood, everything else in the file is passed over.
 */

#include "common/string-list.h"
#include "input/tree.h"

/**
 * environment_read() - add what a file assigns
 * @path:       the file
 * @environment: "NAME=VALUE" entries, in the order of assignment; may hold some already
 *
 * Understood: NAME=VALUE with or without "export"; quoting as in sh(1), also over several lines;
 * $NAME and ${NAME} of what was assigned before, empty if it was not. An unquoted value ends with
 * its line or before " #", ';', '&' and '|'. Blanks in it are kept, as systemd does; to sh they
 * would make it no assignment at all. ${NAME##PREFIX} where PREFIX is plain text; a value with any
 * other command or parameter substitution is unknown: the assignment is passed over. Of if, else
 * and fi the branch that counts, where the condition compares text ("[ A = B ]", !=, -n, -z); both
 * where it is another.
 *
 * Return: 0; -ENOMEM; -ENOENT if there is no such file; another error of tree_read(), which was
 * warned about.
 */
int environment_read(struct tree *tree, const char *path, struct string_list *environment);

/**
 * environment_get() - the value of a variable
 *
 * Return: what was assigned last, borrowed; NULL if nothing was.
 */
const char *environment_get(const struct string_list *environment, const char *name);

/**
 * environment_expand() - replace $NAME and ${NAME}
 * @text:       where to replace; variables that are not assigned become empty, other
 *              substitutions stay as they are
 *
 * Return: the text, to be freed by the caller, or NULL if out of memory.
 */
char *environment_expand(const char *text, const struct string_list *environment);
