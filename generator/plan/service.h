/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The services of this machine that the configuration names, or whose program it names, and those
 * of containers
 *
 * Sections become services here: aliases are resolved, and the sections of all names of a unit are
 * merged. template.h has the instances of templates that are found by their files.
 */

#include "config/assignments.h"
#include "config/settings.h"
#include "plan/program-list.h"
#include "units/quadlet-list.h"
#include "units/started-units.h"

/* Of units with a section of their own; also of the instances of each template. */
enum { SERVICES_MAX = 1000 };

/* What services are found by. Borrowed. */
struct service_context {
        struct tree *tree;
        const struct assignment_list *config;
        const struct unit_index *units;
        const struct started_units *started;
        const struct program_list *programs; /* of @config */
        const struct quadlet_list *quadlets;
        const struct dependency_links *links;
};

struct service {
        struct unit unit;
        char *instance;                      /* of a template, or NULL */
        struct string_list sections;         /* names of the sections that apply to it */
        const struct started_unit *started;  /* borrowed; NULL: nothing is known to start it */
        const struct assignment *definition; /* the Program= by which it is known; borrowed; NULL:
                                                it is known by its name only */
        struct settings settings;
        const struct assignment *local;     /* the first of an administrator's sections for it;
                                               borrowed; NULL: only shipped definitions name it */
        const struct assignment *replacing; /* the first one of a file that replaces a shipped one;
                                               borrowed, or NULL */
        bool has_local_address;             /* an administrator's section has an Address= for it */
};

struct service_list {
        struct service *items;
        size_t count;
};

/**
 * services_add_local_names() - the units that an administrator's own sections name
 * @ret:        receives the names, those of templates excepted
 *
 * Return: 0 or -ENOMEM.
 */
int services_add_local_names(const struct assignment_list *config, struct string_list *ret);

/**
 * services_find() - find the units that have a section of their own, or are known by their program
 * @context:    its members outlive @ret
 * @ret:        zeroed; receives the services in the order in which the configuration first names
 *              them, and then those that are known by their program only, by name. Masked ones
 *              are included, missing ones only if an administrator's section names them
 *
 * A definition with Program= (program-list.h) is for each started unit whose sections, those of its
 * template included, have no Format=.
 *
 * Return: 0 or -ENOMEM.
 */
int services_find(const struct service_context *context, struct service_list *ret);

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
 * @context:    its members outlive @list
 *
 * Return: 0 or -ENOMEM.
 */
int service_list_configure(const struct service_context *context, struct service_list *list);

/**
 * service_known_by() - what says how the service's configuration is read
 *
 * Return: the Program= of a definition, or the Format= of a section for the unit's name; NULL if it
 * has an Address= only. Borrowed.
 */
const struct assignment *service_known_by(const struct service *service);

/**
 * service_list_clear() - free all
 */
void service_list_clear(struct service_list *list);
