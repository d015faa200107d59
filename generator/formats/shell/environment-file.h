/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Files of variables that a start script or EnvironmentFile= reads: /etc/default/NAME,
 * /etc/sysconfig/NAME
 *
 * Scripts source these files, systemd parses them (systemd.exec(5), EnvironmentFile=). No shell
 * runs here: plain assignments are understood, everything else in the file is skipped.
 */

#include "common/string-list.h"
#include "input/tree.h"

/**
 * environment_file_read() - add what a file assigns
 * @path:       the file
 * @environment: "NAME=VALUE" entries, in the order of assignment; may hold some already
 *
 * Understood: NAME=VALUE with or without "export"; quoting as in sh(1) (quoting.h), also over
 * several lines; variables that were assigned before (environment.h). An unquoted value ends with
 * its line or before " #", ';', '&' and '|'. Blanks inside it are kept, as systemd does; to sh they
 * would make it no assignment at all. An assignment whose value cannot be known is skipped. Of
 * if, elif and else the branch that counts (branches.h), where the condition compares text
 * (test-command.h); each where it does not.
 *
 * Return: 0; -ENOMEM; -ENOENT if there is no such file; another error of tree_read(), which was
 * logged.
 */
int environment_file_read(struct tree *tree, const char *path, struct string_list *environment);
