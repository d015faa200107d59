/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * dadwait's own configuration: the well-formed settings of all files, in the order of reading
 *
 * The files are those of /usr/lib/dadwait.d, /usr/local/lib/dadwait.d, /run/dadwait.d and
 * /etc/dadwait.d, in the order of configuration-directories.h, then /etc/dadwait.conf. settings.h
 * applies them to a unit.
 */

#include "input/tree.h"

/* One "KEY=VALUE" line. */
struct assignment {
        char *section;
        char *word; /* of "{WORD,WORD}" in the section's header, which %i is in paths; or NULL */
        char *key;
        char *value;
        char *file;
        unsigned line;
        bool replaces_shipped; /* @file is read instead of a shipped one of its name */
        bool is_first;         /* of its section in the list */
};

struct assignment_list {
        struct assignment *items;
        size_t count;
        const struct assignment **by_section; /* the same @count, for assignment_list_section() */
};

/**
 * assignment_is_shipped() - whether it is of a definition that is installed with dadwait
 */
bool assignment_is_shipped(const struct assignment *assignment);

/**
 * assignment_list_read() - read all files
 * @ret:        zeroed; receives the settings that are well-formed, in reading order
 *
 * Unknown sections and keys and bad values are skipped with a warning.
 *
 * Return: 0 or -ENOMEM.
 */
int assignment_list_read(struct tree *tree, struct assignment_list *ret);

/**
 * assignment_list_section() - the settings of one section
 * @ret_count:  receives how many there are
 *
 * Return: pointers to them in reading order, borrowed; undefined if there are none.
 */
const struct assignment *const *assignment_list_section(const struct assignment_list *assignments,
                                                        const char *section, size_t *ret_count);

/**
 * assignment_list_is_local() - whether any setting of a section is of no shipped file
 */
bool assignment_list_is_local(const struct assignment_list *assignments, const char *section);

/**
 * assignment_list_clear() - free all
 */
void assignment_list_clear(struct assignment_list *assignments);
