/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The services of this machine that the configuration speaks of
 *
 * Sections become services here: an alias leads to its unit, and what the sections of both names
 * say is merged; a template's section covers each instance that has a configuration.
 */

#include "config.h"
#include "settings.h"
#include "unit.h"

struct service {
        struct unit unit;
        char *instance;              /* of a template, or NULL */
        struct string_list sections; /* names of the sections that speak of it */
        struct settings settings;
        bool is_local; /* spoken of by more than the shipped definitions */
};

struct service_list {
        struct service *items;
        size_t count;
};

/**
 * services_find() - find them
 * @config:             outlives @ret
 * @units:      of unit_index_read()
 * @ret:                zeroed; receives the services in the order in which the configuration
 *                      first names them, those that are missing or masked included
 *
 * Return: 0 or -ENOMEM.
 */
int services_find(struct tree *tree, const struct config *config, const struct unit_index *units,
                  struct service_list *ret);

/**
 * service_list_clear() - free all
 */
void service_list_clear(struct service_list *list);
