/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The services that systemd is going to start, by what is enabled and what that pulls in
 *
 * Whether the target or unit that pulls them in is itself started is asked for only where that
 * follows from its name: each link in a ".wants" directory counts. So a unit may be in the list
 * that is not started at the next boot, but none is missing that the search path shows. The
 * generators' output is left out of it (unit-index.h), and so are init scripts, which have no
 * program to be known by.
 */

#include "units/dependency-links.h"
#include "units/socket-list.h"
#include "units/unit-settings.h"

struct started_unit {
        struct unit unit; /* UNIT_FOUND */
        struct unit_settings settings;
        struct string_list programs; /* names of the programs that it runs */
        bool may_be_kept; /* @settings may be used for the decision: nothing of the unit is
                           * withheld, and all could be read */
        int error; /* negative errno, no fault of the files' (io-error.h): @programs is empty; or 0
                    */
};

struct started_units {
        struct started_unit *items; /* services, sorted by name; each unit once */
        size_t count;
        int error; /* negative errno if what is started may be incomplete, which was logged; or 0 */
};

/**
 * started_units_read() - find and read them
 * @units:      of unit_index_read()
 * @links:      of dependency_links_read()
 * @sockets:    of socket_list_read()
 * @names:      of units that count as started whatever the search path says
 * @ret:        zeroed; started_units_clear() it
 *
 * Followed are: default.target; each link of @links; Wants=, Requires=, Requisite=, BindsTo= and
 * Upholds= of services, timers, paths and targets; Sockets= of services; what timers, paths and
 * sockets activate; and what can be activated by a name on D-Bus. Only units that are reached are
 * read, each once.
 *
 * Return: 0 or -ENOMEM. A file that cannot be read is skipped with a warning.
 */
int started_units_read(struct tree *tree, const struct unit_index *units,
                       const struct dependency_links *links, const struct socket_list *sockets,
                       const struct string_list *names, struct started_units *ret);

/**
 * started_units_find() - Return: the unit of a real name; NULL if it is not in the list
 */
struct started_unit *started_units_find(const struct started_units *started, const char *name);

/**
 * started_units_clear() - free all
 */
void started_units_clear(struct started_units *started);
