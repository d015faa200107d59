/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Programs that set something for a process and then execute another: nice, taskset, setpriv
 *
 * env(1) and shells are read in exec-program.c, because they change more than where the program is.
 * Left out are those that enter another network namespace, where this machine's addresses are not:
 * "ip netns exec", nsenter, unshare.
 */

#include "common/string-list.h"

#include <sys/types.h>

/**
 * command_wrapper_program() - find the program that a wrapper executes
 * @name:       of the program, without its directory
 * @words:      its arguments
 *
 * Return: the index of the program among @words; -1 if @name is no wrapper, or names no program.
 */
ssize_t command_wrapper_program(const char *name, const struct string_list *words);
