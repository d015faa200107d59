/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Files that not every user may read, and what may be shown of them
 *
 * Everybody can read drop-ins, the log, the journal and the plan, but root reads every file: one of
 * mode 0600 may hold a password beside an address. So only three things of such a file are shown:
 * addresses, its name with a line number, and words of ours (the keyword that was looked for, the
 * text of an error). The name of another file is shown if there is such a file. As a variable of
 * such a file may be used in another one, this holds for everything that is read for the same
 * service after it.
 *
 * address_list_add() and log_warning() apply this; a format does not have to.
 */

#include <stdbool.h>
#include <stddef.h>

/* Instead of what may not be shown. */
#define PRIVATE_FILES_NOT_SHOWN "(not shown)"

/**
 * private_files_begin() - begin with a service: private files of another one no longer count
 * @unit:       its name; borrowed until private_files_end()
 */
void private_files_begin(const char *unit);

/**
 * private_files_end() - end with the service
 */
void private_files_end(void);

/**
 * private_files_add() - add a file that not every user may read
 *
 * Outside of a service, as for dadwait's own configuration, it counts until the process ends, but
 * only for what is read from that file.
 *
 * Return: 0 or -ENOMEM.
 */
int private_files_add(const char *path);

/**
 * private_files_is_hidden() - whether text has to be withheld
 * @file:       that it is from, or NULL
 */
bool private_files_is_hidden(const char *file);

/**
 * private_files_add_missing() - add a path that no file has
 *
 * A private file may have named it, by a mistake: in a value without its second quotation mark the
 * name goes on to the end of the file. Where no private file was read before, nothing is added.
 *
 * Return: 0 or -ENOMEM.
 */
int private_files_add_missing(const char *path);

/**
 * private_files_name() - what may be shown of the name of a file
 *
 * Return: @path, or PRIVATE_FILES_NOT_SHOWN if it is of no file. If more of them were added than
 * are kept, only the names of private files are still known to be names.
 */
const char *private_files_name(const char *path);

/**
 * private_files_allow() - add a word of ours, which may be shown wherever it is found
 * @word:       a keyword that a format looks for
 *
 * The word counts until private_files_end().
 *
 * Return: 0 or -ENOMEM.
 */
int private_files_allow(const char *word);

/**
 * private_files_keyword() - what may be shown of a line
 *
 * Return: the word of ours that the line begins with, spelled as we do, valid until
 * private_files_end(); "" if there is none.
 */
const char *private_files_keyword(const char *line);

/**
 * private_files_knows() - whether a line begins with a word of private_files_allow(), in any case
 */
bool private_files_knows(const char *line);

/**
 * private_files_is_allowed() - whether a text is a word of ours, the unit's name, or the text of
 * an error
 * @text:       @length bytes
 */
bool private_files_is_allowed(const char *text, size_t length);
