/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The command line of a service: the options among its words
 */

#include "formats/directive/candidates.h"
#include "formats/directive/command-words.h"
#include "formats/format.h"

/**
 * command_line_read() - add the addresses among the arguments of the options that Option= names
 * @source:     its language; with Repeat=replace the last of the options replaces the others, and
 *              what files say
 * @command:    its words
 *
 * Understood: "-a ADDR", "-aADDR", "--address ADDR", "--address=ADDR"; of Option="-o KEYWORD" the
 * argument is a statement of this keyword; of Option="-a ..." the words behind the argument are
 * addresses too, up to one that begins with "--".
 *
 * Return: 0 or -ENOMEM.
 */
int command_line_read(const struct source *source, const struct command_words *command,
                      struct candidates *candidates);

/**
 * command_line_families() - for which addresses the service has to wait, as far as the options of
 * Unless=, IPv4Unless= and IPv6Unless= among the words say
 *
 * Return: ADDRESS_IPV6, ADDRESS_IPV4, both or 0.
 */
unsigned command_line_families(const struct directive_language *language,
                               const struct command_words *command);
