/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What is read once for all units: the directories of the search path with the names in them, the
 * target of each link, and the manager's default start timeout
 */

#include "input/tree.h"

/* A name of a unit, in the highest-priority directory that has it. */
struct unit_entry {
        char *name;
        size_t directory;
        bool may_be_link;
        char *alias; /* name of the unit that it is a link to; NULL: it is a file, or a link to a
                      * file outside of the search path */
        const struct unit_entry *end; /* of an alias: the file that it leads to, if there is one */
        bool is_link_to_null;         /* a mask, even if the tree has no /dev */
};

/* systemd-sysv-generator(8) makes units from the executable scripts in it. */
#define INIT_SCRIPTS "/etc/init.d"

struct unit_index {
        struct string_list directories; /* that exist, highest priority first */
        struct string_list search_path; /* also those that do not exist, and the generators' */
        struct string_list *names;      /* in each of @directories, sorted by byte value */
        size_t before_generators;       /* how many of @directories override normal-dir */
        struct unit_entry *entries;     /* sorted by name; .service, .socket, .path, .timer and
                                       .target */
        size_t count;
        const struct unit_entry **aliases; /* those of @entries that are, in that order */
        size_t alias_count;
        uint64_t default_start_timeout_usec; /* TIMESPAN_INFINITY: none */
        struct string_list init_scripts;     /* names in INIT_SCRIPTS */
};

/**
 * unit_index_read() - read the search path
 * @directories:        NULL-terminated, highest priority first; NULL for those of the system
 *                      manager (unit-directories.h)
 * @ret:                zeroed; unit_index_clear() it
 *
 * The generators' output directories are left out: other generators write to them at the same time.
 * A directory with two paths is read once. As in systemd (247 to 257), a link within the search
 * path is an alias if its name and its target's are of one kind (systemd.unit(5)); otherwise it is
 * skipped.
 *
 * Return: 0 or negative errno. A directory that cannot be read is skipped with a warning.
 */
int unit_index_read(struct tree *tree, const char *const *directories, struct unit_index *ret);

/**
 * unit_index_find() - find the entry of a name
 *
 * Return: NULL if there is none.
 */
const struct unit_entry *unit_index_find(const struct unit_index *units, const char *name);

/**
 * unit_index_resolve() - follow aliases from a name to a file, as systemd does
 * @ret_last:   if not NULL, receives the last name that was followed, borrowed from @name or @units
 *
 * An alias of an instance without a file of its own leads to the template's file.
 *
 * Return: 1 with the file in @ret; otherwise @ret is NULL: 0 if there is no file; -ELOOP after too
 * many links; -ENOMEM.
 */
int unit_index_resolve(const struct unit_index *units, const char *name,
                       const struct unit_entry **ret, const char **ret_last);

/**
 * unit_index_has() - whether a directory has an entry of this name, of any type
 * @directory:  index in @units->directories
 */
bool unit_index_has(const struct unit_index *units, size_t directory, const char *name);

/**
 * unit_index_clear() - free all
 */
void unit_index_clear(struct unit_index *units);
