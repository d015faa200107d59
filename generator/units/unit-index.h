/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What is read once for all units: the directories of the search path with the names in them, where
 * each link leads, and the manager's default for the start timeout
 */

#include "input/tree.h"

/* A name of a unit in the strongest directory that has it. */
struct unit_entry {
        char *name;
        size_t directory;
        bool may_be_link;
        char *alias; /* name of the unit that it is a link to; NULL: it is a file, or a link out
                      * of the search path */
        bool is_link_to_null; /* a mask, even where there is no /dev */
};

struct unit_index {
        struct string_list directories; /* that are there, strongest first */
        struct string_list
                search_path;        /* the same, with those that are not there, and generators' */
        struct string_list *names;  /* of each, sorted by byte value */
        size_t before_generators;   /* how many directories beat the generators' normal-dir */
        struct unit_entry *entries; /* sorted by name; .service, .socket and .path */
        size_t count;
        uint64_t default_start_timeout_usec; /* TIMESPAN_INFINITY: none */
};

/**
 * unit_index_read() - read the search path
 * @directories:        NULL-terminated, strongest first; NULL for those of the system manager, as
 *                      sd_path_lookup(3) has them
 * @ret:                zeroed; unit_index_clear() it
 *
 * The generators' output directories are left out: other generators fill those at this very moment.
 * Each directory once, if it is there. As systemd reads them (247 to 257), a link within the search
 * path is an alias if its name and the other one are of one kind (systemd.unit(5)), and passed over
 * if not.
 *
 * Return: 0 or negative errno. A directory that cannot be read is passed over with a warning.
 */
int unit_index_read(struct tree *tree, const char *const *directories, struct unit_index *ret);

/**
 * unit_index_find() - the entry of a name
 *
 * Return: NULL if there is none.
 */
const struct unit_entry *unit_index_find(const struct unit_index *units, const char *name);

/**
 * unit_index_resolve() - follow aliases from a name to a file, as systemd does
 * @ret_last:   if not NULL, receives the last name on the way, borrowed from @name or @units
 *
 * Of an alias of an instance without a file of its own it is the template's file.
 *
 * Return: 1 with the file in @ret; 0 if there is none; -ELOOP behind too many links; -ENOMEM. But
 * for 1 @ret is NULL.
 */
int unit_index_resolve(const struct unit_index *units, const char *name,
                       const struct unit_entry **ret, const char **ret_last);

/**
 * unit_index_has() - whether a directory has an entry of any kind under a name
 * @directory:  index in @units->directories
 */
bool unit_index_has(const struct unit_index *units, size_t directory, const char *name);

/**
 * unit_index_clear() - free all
 */
void unit_index_clear(struct unit_index *units);
