/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Templates that have a section in the configuration, and their instances
 *
 * Each file that matches the section's Config= yields an instance. Whoever owns the directory of
 * these files decides how many there are, so each template is a part of the work by itself
 * (work.h), behind the units that have a section of their own.
 */

#include "plan/service.h"

struct template {
        char *name;                    /* real name */
        struct string_list sections;   /* of its name and its aliases */
        struct service_list instances; /* of template_find_instances() */
};

struct template_list {
        struct template *items;
        size_t count;
};

/**
 * templates_find() - find the templates, not their instances
 * @ret:        zeroed; in the order in which the configuration first names them
 *
 * Return: 0 or -ENOMEM.
 */
int templates_find(const struct service_context *context, struct template_list *ret);

/**
 * template_find_instances() - find the instances of a template by its Config=
 * @context:    its members outlive @template
 * @plain:      of services_find(); an instance in this list is omitted
 *
 * Return: 0 or -ENOMEM.
 */
int template_find_instances(const struct service_context *context, const struct service_list *plain,
                            struct template *template);

/**
 * template_list_clear() - free all
 */
void template_list_clear(struct template_list *list);
