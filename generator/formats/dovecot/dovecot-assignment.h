/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * "KEY = VALUE" in a block of dovecot.conf
 */

#include "formats/dovecot/dovecot-sections.h"

/* A line of a file. */
struct dovecot_place {
        const char *file;
        unsigned line;
        const char *text;
};

/**
 * dovecot_assign() - set what a line sets
 * @section:    that it is in
 * @is_2_4:     the language
 * @is_default: the line is of a group: what the configuration sets itself stays
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_assign(struct dovecot_settings *settings, struct dovecot_section section,
                   const char *key, const char *value, const struct dovecot_place *place,
                   bool is_2_4, bool is_default);
