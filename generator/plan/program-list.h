/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The programs that definitions know: Program= of dadwait.conf(5)
 *
 * A section with Program= is a definition for each started unit that runs such a program, whatever
 * the unit is called. What applies to those units are the settings that the section has in the file
 * with the Program=. What another file says in a section of that name is about the one unit:
 * an administrator's "[nginx.service] Enable=no" does not switch off other units that run nginx.
 */

#include "common/string-list.h"
#include "config/assignments.h"

struct program {
        char *name; /* may be a pattern of fnmatch(3) */
        bool is_pattern;
        const struct assignment *definition; /* the Program= that names it; borrowed */
};

struct program_list {
        struct program *items; /* in reading order */
        size_t count;
};

/**
 * program_list_make() - collect them
 * @config:     outlives @ret
 * @ret:        zeroed; program_list_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int program_list_make(const struct assignment_list *config, struct program_list *ret);

/**
 * program_list_find() - find the definition for a program
 * @names:      of the program: its own, and those of the programs that it is known to execute
 *
 * Return: of those that are equal to one of @names, or, if there are none, of the patterns that
 * match one, the definition that is read last; NULL if there is none.
 */
const struct assignment *program_list_find(const struct program_list *programs,
                                           const struct string_list *names);

/**
 * program_applies() - whether a setting is a part of a definition
 * @definition: of program_list_find()
 */
bool program_applies(const struct assignment *definition, const struct assignment *assignment);

/**
 * program_list_clear() - free all
 */
void program_list_clear(struct program_list *programs);
