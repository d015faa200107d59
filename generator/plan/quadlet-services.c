/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/quadlet-services.h"

#include "common/cleanup.h"
#include "units/unit-name.h"

#include <string.h>

static bool is_overridden(const struct unit_index *units, const char *name) {
        const struct unit_entry *entry = unit_index_find(units, name);

        return entry && entry->directory < units->before_generators;
}

static int set_name(const char *name, struct unit *unit) {
        free(unit->name);
        unit->name = strdup(name);
        if (!unit->name)
                return -ENOMEM;
        return string_list_contains(&unit->names, name) ? 0 : string_list_add(&unit->names, name);
}

/* @name: one of the unit's that @quadlet is for */
static int set_quadlet(const struct quadlet *quadlet, const struct unit_index *units,
                       const char *name, struct unit *unit) {
        bool of_template = unit_name_is_template(quadlet->service);
        CLEANUP(freep) char *real = strdup(of_template ? name : quadlet->service);
        int r = real ? set_name(real, unit) : -ENOMEM;

        for (size_t i = 0; r >= 0 && !of_template && i < quadlet->aliases.count; i++)
                if (!string_list_contains(&unit->names, quadlet->aliases.items[i]))
                        r = string_list_add(&unit->names, quadlet->aliases.items[i]);
        if (r < 0)
                return r;
        free(unit->file);
        unit->file = strdup(quadlet->files.items[0]);
        unit->state = UNIT_QUADLET;
        unit->quadlet = quadlet;
        unit->is_uncertain = quadlet->is_one_of_several || unit_index_find(units, quadlet->service);
        return unit->file ? 0 : -ENOMEM;
}

int quadlet_services_resolve(const struct quadlet_list *quadlets, const struct unit_index *units,
                             struct unit *unit) {
        for (size_t i = 0; i < unit->names.count; i++) {
                const char *name = unit->names.items[i];
                const struct quadlet *quadlet;
                int r = quadlet_list_find(quadlets, name, &quadlet);

                if (r < 0)
                        return r;
                if (!quadlet || is_overridden(units, quadlet->service))
                        continue;
                /* A file of an instance precedes that of its template. */
                if (strcmp(name, quadlet->service) != 0 && unit_index_find(units, name))
                        continue;
                return set_quadlet(quadlet, units, name, unit);
        }
        return 0;
}

/* @name: of a unit made from a file in the list */
static int add_unit(const struct service_context *context, const char *name,
                    struct service_list *list) {
        CLEANUP(unit_clear) struct unit unit = { 0 };
        int r;

        r = unit_find(context->tree, context->units, name, &unit);
        if (r >= 0)
                r = quadlet_services_resolve(context->quadlets, context->units, &unit);
        if (r < 0 || unit.state != UNIT_QUADLET || service_list_find(list, unit.name))
                return r;
        return service_list_add(list, &unit, name);
}

/* @name: not a template. Of an instance, the section of the template applies too. */
static int add_plain(const struct service_context *context, const char *name,
                     struct service_list *list) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        struct service *service;
        int r = add_unit(context, name, list);

        service = service_list_find(list, name);
        if (r < 0 || !service)
                return r;
        r = unit_name_split(name, &template, &instance);
        if (r <= 0 || string_list_contains(&service->sections, template))
                return r;
        return string_list_add(&service->sections, template);
}

static int add_enabled(const struct service_context *context, const char *template,
                       struct service_list *list) {
        for (size_t i = 0; i < context->links->count; i++) {
                CLEANUP(freep) char *of = NULL, *instance = NULL;
                const char *name = context->links->items[i].name;
                int r = unit_name_split(name, &of, &instance);

                if (r > 0 && strcmp(of, template) == 0)
                        r = add_plain(context, name, list);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int add_default(const struct service_context *context, const struct quadlet *quadlet,
                       struct service_list *list) {
        CLEANUP(freep) char *name = NULL;
        int r;

        if (!quadlet->default_instance)
                return 0;
        r = unit_name_join(quadlet->service, quadlet->default_instance, &name);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        return add_plain(context, name, list);
}

int quadlet_services_add(const struct service_context *context, struct service_list *list) {
        const struct quadlet_list *quadlets = context->quadlets;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < quadlets->count; i++) {
                const struct quadlet *quadlet = &quadlets->items[i];

                if (!unit_name_is_template(quadlet->service)) {
                        r = add_plain(context, quadlet->service, list);
                        continue;
                }
                r = add_unit(context, quadlet->service, list);
                if (r >= 0)
                        r = add_default(context, quadlet, list);
                if (r >= 0)
                        r = add_enabled(context, quadlet->service, list);
        }
        return r;
}
