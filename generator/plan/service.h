/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The services of this machine that the configuration names
 *
 * Sections become services here: an alias leads to its unit, and what the sections of both names
 * say is merged. A template's instances: template.h.
 */

#include "config/assignments.h"
#include "config/settings.h"
#include "units/unit.h"

/* Of those with a section of their own, and again of the instances of each template. */
enum { SERVICES_MAX = 1000 };

struct service {
        struct unit unit;
        char *instance;              /* of a template, or NULL */
        struct string_list sections; /* names of the sections that are for it */
        struct settings settings;
        bool is_local; /* named by more than the shipped definitions */
};

struct service_list {
        struct service *items;
        size_t count;
};

/**
 * services_find() - find those that have a section of their own
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
 * @name:       the unit's real one
 *
 * Return: borrowed, or NULL.
 */
struct service *service_list_find(const struct service_list *list, const char *name);

/**
 * service_list_add() - add a unit, or one more section for it if it is there already
 * @unit:       of unit_find(); its contents are @list's from now on
 * @section:    its own, or its template's
 *
 * Return: 0 or -ENOMEM.
 */
int service_list_add(struct service_list *list, struct unit *unit, const char *section);

/**
 * service_list_configure() - apply what the sections say, once all services are in the list
 *
 * Return: 0 or -ENOMEM.
 */
int service_list_configure(struct service_list *list, const struct assignment_list *config);

/**
 * service_list_clear() - free all
 */
void service_list_clear(struct service_list *list);
