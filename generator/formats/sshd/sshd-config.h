/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * sshd_config(5): lines of a keyword and its arguments, Include and Match
 */

#include "formats/sshd/listen-queue.h"
#include "input/tree.h"

/**
 * sshd_config_read() - read a file and those that it includes
 * @ret:        added to
 *
 * Return: 0 or -ENOMEM.
 */
int sshd_config_read(struct tree *tree, const char *path, struct listen_queue *ret);

/**
 * sshd_config_read_option() - read the argument of option -o, one line without Include and Match
 * @file:       that has the command line
 * @number:     of the line in @file
 *
 * Return: 0 or -ENOMEM.
 */
int sshd_config_read_option(const char *argument, const char *file, unsigned number,
                            struct listen_queue *ret);
