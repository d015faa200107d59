/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The one reader of a unit: the assignments in its file and in all its drop-ins, in the order in
 * which systemd reads them (systemd.unit(5))
 */

#include "units/unit.h"

/* One "KEY=VALUE" of a unit. */
struct unit_assignment {
        const char *section; /* without brackets; "" before the first one */
        const char *key;
        const char *value; /* continuation lines joined, blanks around it removed */
        const char *file;
        unsigned line;
        bool is_behind;       /* in a drop-in that systemd reads after the generated one */
        const char *unit;     /* its name, not an alias */
        const char *instance; /* of the unit's name; NULL if it is not an instance */
};

/**
 * unit_assignment_fn - called for each assignment, in order
 * @assignment: valid during the call
 *
 * Return: 0; -ENOMEM ends the reading.
 */
typedef int unit_assignment_fn(const struct unit_assignment *assignment, void *data);

/**
 * unit_assignment_boolean() - parse the value of an assignment as a boolean
 * @ret:        unchanged if it is none: systemd ignores the assignment then
 */
void unit_assignment_boolean(const struct unit_assignment *assignment, bool *ret);

/* The files of a unit. */
struct unit_files {
        /* Every drop-in that counts, without the generators' and the masked ones, in the order in
         * which systemd reads them. */
        struct string_list drop_ins;
        char *unreadable; /* the first file that exists but cannot be read; or NULL */
};

/**
 * unit_read() - read a unit with its drop-ins
 * @units:      of unit_index_read()
 * @unit:       UNIT_FOUND; UNIT_QUADLET; or UNIT_SYSV or UNIT_MISSING: then there are only drop-ins
 * @assignment: called for each assignment
 * @data:       passed to @assignment
 * @ret:        zeroed; unit_files_clear() it
 *
 * Return: 0 or -ENOMEM. A file that cannot be read is skipped with a warning.
 */
int unit_read(struct tree *tree, const struct unit_index *units, const struct unit *unit,
              unit_assignment_fn *assignment, void *data, struct unit_files *ret);

/**
 * unit_files_clear() - free all
 */
void unit_files_clear(struct unit_files *files);
