/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Dependencies that are links, as `systemctl enable` makes them: the names in "UNIT.wants",
 * "UNIT.requires" and "UNIT.upholds" (systemd.unit(5))
 */

#include "units/unit-index.h"

struct dependency_link {
        char *directory; /* its name: "multi-user.target.wants" */
        char *name;      /* of the unit that is started; may be an alias */
};

struct dependency_links {
        struct dependency_link *items; /* sorted by directory, then by name */
        size_t count;
};

/**
 * dependency_links_read() - list the directories of all units in the search path
 * @units:      of unit_index_read()
 * @ret:        zeroed; dependency_links_clear() it
 *
 * Of several links of one name in directories of one name, that in the directory with the highest
 * priority counts; if it is a mask, there is no such dependency.
 *
 * Return: 0 or -ENOMEM. A directory that cannot be read is skipped with a warning.
 */
int dependency_links_read(struct tree *tree, const struct unit_index *units,
                          struct dependency_links *ret);

/**
 * dependency_links_have() - whether a unit is the end of any of them
 * @name:       of the link
 */
bool dependency_links_have(const struct dependency_links *links, const char *name);

/**
 * dependency_links_clear() - free all
 */
void dependency_links_clear(struct dependency_links *links);
