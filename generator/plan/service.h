/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The services of this machine that the configuration names
 *
 * Sections become services here: aliases are resolved, and the sections of all names of a unit are
 * merged. template.h has the instances of templates.
 */

#include "config/assignments.h"
#include "config/settings.h"
#include "units/unit.h"

/* Of units with a section of their own; also of the instances of each template. */
enum { SERVICES_MAX = 1000 };

struct service {
        struct unit unit;
        char *instance;              /* of a template, or NULL */
        struct string_list sections; /* names of the sections that apply to it */
        struct settings settings;
        bool is_local; /* not only shipped definitions name it */
};

struct service_list {
        struct service *items;
        size_t count;
};

/**
 * services_find() - find the units that have a section of their own
 * @config:             outlives @ret
 * @units:      of unit_index_read()
 * @ret:                zeroed; receives the services in the order in which the configuration
 *                      first names them, those that are missing or masked included
 *
 * Return: 0 or -ENOMEM.
 */
int services_find(struct tree *tree, const struct assignment_list *config,
                  const struct unit_index *units, struct service_list *ret);

/**
 * service_list_find() - the service of a unit
 * @name:       real name of the unit
 *
 * Return: borrowed, or NULL.
 */
struct service *service_list_find(const struct service_list *list, const char *name);

/**
 * service_list_add() - add a unit; if it is in the list, add the section to it
 * @unit:       of unit_find(); its contents are moved into @list
 * @section:    its own, or its template's
 *
 * Return: 0 or -ENOMEM.
 */
int service_list_add(struct service_list *list, struct unit *unit, const char *section);

/**
 * service_list_configure() - apply the settings of the sections, once all services are in the list
 *
 * Return: 0 or -ENOMEM.
 */
int service_list_configure(struct service_list *list, const struct assignment_list *config);

/**
 * service_list_clear() - free all
 */
void service_list_clear(struct service_list *list);
