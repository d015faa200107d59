/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The command line of a service: the options among its words
 */

#include "formats/directive/candidates.h"
#include "formats/format.h"

/**
 * command_line_read() - add the addresses among the arguments of the options that Option= names
 * @source:     its language, arguments, and environment of the unit
 * @environment: "NAME=VALUE" entries besides, which go before those of the unit
 *
 * Understood: "-a ADDR", "-aADDR", "--address ADDR", "--address=ADDR"; of Option="-o KEYWORD" the
 * argument is a statement of this keyword. A "$NAME" becomes as many words as are in its value, a
 * "${NAME}" is replaced within its word (systemd.service(5), "Command lines").
 *
 * Return: 0 or -ENOMEM.
 */
int command_line_read(const struct source *source, const struct string_list *environment,
                      struct candidates *candidates);
