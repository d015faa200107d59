/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Files that not every user may read, and what may be shown of them
 *
 * Drop-ins, the log, the journal and the plan are for everybody, and root reads everything: a file
 * of mode 0600 may hold a password beside an address. So of such a file nothing is shown but
 * addresses, file and line, and words that are ours: the keyword that was looked for, what an error
 * means. Values flow: a variable of such a file may be used in another one. So from the first such
 * file on, this holds for all that is found for the same service.
 *
 * address_list_add() and log_warning() see to it. What reads files need not think of it.
 */

#include <stdbool.h>
#include <stddef.h>

/**
 * private_files_begin() - begin with a service: what was read for another one counts no more
 * @unit:       its name; borrowed until private_files_end()
 */
void private_files_begin(const char *unit);

/**
 * private_files_end() - the opposite
 */
void private_files_end(void);

/**
 * private_files_add() - a file is read that not every user may read
 *
 * Outside of a service, as for dadwait's own configuration, it counts to the end, for what is
 * found in it.
 *
 * Return: 0 or -ENOMEM.
 */
int private_files_add(const char *path);

/**
 * private_files_is_hidden() - whether text has to be withheld
 * @file:       where it is from, or NULL
 */
bool private_files_is_hidden(const char *file);

/**
 * private_files_allow() - a word of ours, which may be shown wherever it is found
 * @word:       what a format looks for; of a definition; borrowed until private_files_end()
 *
 * Return: 0 or -ENOMEM.
 */
int private_files_allow(const char *word);

/**
 * private_files_keyword() - what may be shown of a line
 *
 * Return: the word of ours that it begins with, spelled as we do; "" if there is none.
 */
const char *private_files_keyword(const char *line);

/**
 * private_files_is_allowed() - whether a text is a word of ours or what an error means
 * @text:       @length bytes
 */
bool private_files_is_allowed(const char *text, size_t length);
