/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The settings that FreeRADIUS has read so far, and "${NAME}" in the values of others
 */

#include "common/string-list.h"

/* A value is no longer (buffers of cf_expand_variables() in src/main/conffile.c). */
enum { FREERADIUS_VALUE_MAX = 8192 };

struct freeradius_variables {
        struct string_list names;  /* "section.section.name" from the root */
        struct string_list values; /* of the name of the same index */
};

/**
 * freeradius_variables_path() - the name of a setting with those of its sections in front
 * @ret:        to be freed by the caller
 *
 * Return: 0 or -ENOMEM.
 */
int freeradius_variables_path(const struct string_list *sections, const char *name, char **ret);

/**
 * freeradius_variables_add() - keep a setting; the first one of a name counts
 * @name:       of freeradius_variables_path()
 *
 * Return: 0 or -ENOMEM.
 */
int freeradius_variables_add(struct freeradius_variables *variables, const char *name,
                             const char *value);

/**
 * freeradius_variables_find() - look a setting up
 * @name:       of freeradius_variables_path()
 *
 * Return: its value, borrowed; NULL if it is not set.
 */
const char *freeradius_variables_find(const struct freeradius_variables *variables,
                                      const char *name);

/**
 * freeradius_variables_expand() - replace "${NAME}" and "$ENV{NAME}" in a value
 * @sections:   the sections around it
 * @environment: of the unit, "NAME=VALUE"; may be NULL
 * @ret:        the text, to be freed by the caller
 *
 * A name without a dot is looked up in the section, then in those around it; with dots from the
 * root; with a leading dot in the section.
 *
 * Return: 0; -ENOENT if a variable is not known, so that the value cannot be; -ENOMEM.
 */
int freeradius_variables_expand(const struct freeradius_variables *variables,
                                const struct string_list *sections,
                                const struct string_list *environment, const char *value,
                                char **ret);

/**
 * freeradius_variables_clear() - free all
 */
void freeradius_variables_clear(struct freeradius_variables *variables);
