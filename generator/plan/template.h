/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Templates that the configuration has a section for, and their instances
 *
 * An instance exists where there is a file that the section's Config= means. Who owns the directory
 * of those files decides how many there are, so each template is looked at for itself, after the
 * units that have a section of their own.
 */

#include "plan/service.h"

struct template {
        char *name;                    /* the real one, behind aliases */
        struct string_list sections;   /* for it: under its name and its aliases */
        struct service_list instances; /* of template_find_instances() */
};

struct template_list {
        struct template *items;
        size_t count;
};

/**
 * templates_find() - find the templates; reads no directory of their instances
 * @ret:        zeroed; in the order in which the configuration first names them
 *
 * Return: 0 or -ENOMEM.
 */
int templates_find(struct tree *tree, const struct assignment_list *config,
                   const struct unit_index *units, struct template_list *ret);

/**
 * template_find_instances() - find the instances of one, by its Config=
 * @config:     outlives @template
 * @plain:      of services_find(); an instance that is among them is left out
 *
 * Return: 0 or -ENOMEM.
 */
int template_find_instances(struct tree *tree, const struct assignment_list *config,
                            const struct unit_index *units, const struct service_list *plain,
                            struct template *template);

/**
 * template_list_clear() - free all
 */
void template_list_clear(struct template_list *list);
