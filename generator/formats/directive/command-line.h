/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The command line of a service: the options among its words
 */

#include "formats/directive/candidates.h"
#include "formats/format.h"

/**
 * command_line_read() - add the addresses among the arguments of the options that Option= names
 * @source:     its language and arguments; with Repeat=replace the last of the options replaces the
 *              others, and what files say
 *
 * Understood: "-a ADDR", "-aADDR", "--address ADDR", "--address=ADDR"; of Option="-o KEYWORD" the
 * argument is a statement of this keyword; of Option="-a ..." the words behind the argument are
 * addresses too, up to one that begins with "--".
 *
 * Return: 0 or -ENOMEM.
 */
int command_line_read(const struct source *source, struct candidates *candidates);
