/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/haproxy/process.h"

/**
 * global_interpret() - execute a line of a `global` section
 *
 * Return: as process_interpret().
 */
int global_interpret(struct process *process, const struct process_line *line);
