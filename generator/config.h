/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The configuration of dadwait itself: every setting of every file, checked, in reading order
 *
 * /usr/lib/dadwait.d, /usr/local/lib/dadwait.d, /run/dadwait.d and /etc/dadwait.d, layered as
 * layers.h says, then /etc/dadwait.conf. What the settings mean for one unit is settings.h's.
 */

#include "tree.h"

/* One "KEY=VALUE" line. */
struct assignment {
        char *section;
        char *key;
        char *value;
        char *file;
        unsigned line;
};

struct config {
        struct assignment *items;
        size_t count;
};

/**
 * config_read() - read all files
 * @ret:        zeroed; receives the settings that are well-formed, in reading order
 *
 * Unknown sections and keys and bad values are skipped with a warning.
 *
 * Return: 0 or -ENOMEM.
 */
int config_read(struct tree *tree, struct config *ret);

/**
 * config_clear() - free all
 */
void config_clear(struct config *config);
