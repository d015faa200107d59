/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/service.h"

#include "build-config.h"
#include "common/array.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "log.h"
#include "plan/quadlet-services.h"
#include "units/unit-name.h"

#include <string.h>

static void service_clear(struct service *service) {
        unit_clear(&service->unit);
        free(service->instance);
        string_list_clear(&service->sections);
        settings_clear(&service->settings);
}

struct service *service_list_find(const struct service_list *list, const char *name) {
        for (size_t i = 0; i < list->count; i++)
                if (text_is(list->items[i].unit.name, name))
                        return &list->items[i];
        return NULL;
}

static int add_section(struct service *service, const char *section) {
        if (string_list_contains(&service->sections, section))
                return 0;
        return string_list_add(&service->sections, section);
}

static int grow(struct service_list *list) {
        if (array_make_room(list->items, list->count) < 0)
                return -ENOMEM;
        list->items[list->count] = (struct service){ 0 };
        settings_init(&list->items[list->count].settings);
        list->count++;
        return 0;
}

static int add_names(struct service *service, const struct string_list *names) {
        for (size_t i = 0; i < names->count; i++) {
                int r = 0;

                if (!string_list_contains(&service->unit.names, names->items[i]))
                        r = string_list_add(&service->unit.names, names->items[i]);
                if (r < 0)
                        return r;
        }
        return 0;
}

int service_list_add(struct service_list *list, struct unit *unit, const char *section) {
        CLEANUP(unit_clear) struct unit moved = *unit;
        CLEANUP(freep) char *template = NULL;
        struct service *service;
        int r;

        *unit = (struct unit){ 0 };
        service = service_list_find(list, moved.name);
        if (service) {
                r = add_names(service, &moved.names);
        } else {
                r = grow(list);
                if (r < 0)
                        return r;
                service = &list->items[list->count - 1];
                service->unit = moved;
                moved = (struct unit){ 0 };
                r = unit_name_split(service->unit.name, &template, &service->instance);
        }
        return r < 0 ? r : add_section(service, section);
}

/* Adds the unit called @name, which may be an alias, with the section of that name. */
static int add_service(const struct service_context *context, const char *name,
                       struct service_list *list) {
        CLEANUP(freep) char *template = NULL, *instance = NULL, *real = NULL;
        CLEANUP(unit_clear) struct unit unit = { 0 };
        int r;

        r = unit_find(context->tree, context->units, name, &unit);
        if (r >= 0)
                r = quadlet_services_resolve(context->quadlets, context->units, &unit);
        if (r < 0)
                return r;
        real = strdup(unit.name);
        if (!real)
                return -ENOMEM;
        r = service_list_add(list, &unit, name);
        if (r < 0)
                return r;

        /* A section of an instance adds to that of its template. */
        r = unit_name_split(name, &template, &instance);
        return r <= 0 ? r : add_section(service_list_find(list, real), template);
}

static bool is_plain(const char *section) {
        return strcmp(section, "dadwait") != 0 && strcmp(section, "sockets") != 0 &&
               !unit_name_is_template(section);
}

int services_add_local_names(const struct assignment_list *config, struct string_list *ret) {
        for (size_t i = 0; i < config->count; i++) {
                const struct assignment *assignment = &config->items[i];

                int r = 0;

                if (strcmp(assignment->key, "Units") == 0)
                        r = string_list_add_words(ret, assignment->value);
                else if (is_plain(assignment->section) && !assignment_is_shipped(assignment))
                        r = string_list_add(ret, assignment->section);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* Whether the sections of a service, as the configuration stands, say how to read its files. */
static bool has_format(const struct service *service, const struct assignment_list *config) {
        for (size_t i = 0; i < service->sections.count; i++) {
                size_t count;
                const struct assignment *const *settings =
                        assignment_list_section(config, service->sections.items[i], &count);

                for (size_t k = 0; k < count; k++)
                        if (strcmp(settings[k]->key, "Format") == 0 && settings[k]->value[0])
                                return true;
        }
        return false;
}

/* Settings of several sections, in reading order. */
struct level {
        const struct assignment **items;
        size_t count;
};

static void level_clear(struct level *level) {
        free(level->items);
}

static int level_add(struct level *level, const struct assignment_list *config,
                     const char *section) {
        size_t count;
        const struct assignment *const *settings = assignment_list_section(config, section, &count);

        for (size_t i = 0; i < count; i++) {
                if (array_make_room(level->items, level->count) < 0)
                        return -ENOMEM;
                level->items[level->count++] = settings[i];
        }
        return 0;
}

static int compare_places(const void *a, const void *b) {
        const struct assignment *x = *(const struct assignment *const *)a;
        const struct assignment *y = *(const struct assignment *const *)b;

        return (x > y) - (x < y);
}

static int level_apply(const struct level *level, struct service *service) {
        if (level->count > 1)
                qsort(level->items, level->count, sizeof(const struct assignment *),
                      compare_places);
        for (size_t i = 0; i < level->count; i++) {
                int r = settings_apply(&service->settings, level->items[i], service->instance);

                if (r < 0)
                        return r;
                if (strcmp(level->items[i]->section, "dadwait") == 0 ||
                    assignment_is_shipped(level->items[i]))
                        continue;
                if (!service->local)
                        service->local = level->items[i];
                if (!service->replacing && level->items[i]->replaces_shipped)
                        service->replacing = level->items[i];
                if (strcmp(level->items[i]->key, "Address") == 0)
                        service->has_local_address = true;
        }
        return 0;
}

/* @templates: the sections of templates, or the others */
static int apply_sections(const struct assignment_list *config, bool templates,
                          struct service *service) {
        CLEANUP(level_clear) struct level level = { 0 };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < service->sections.count; i++)
                if (unit_name_is_template(service->sections.items[i]) == templates)
                        r = level_add(&level, config, service->sections.items[i]);
        return r < 0 ? r : level_apply(&level, service);
}

static int apply_defaults(const struct assignment_list *config, struct service *service) {
        CLEANUP(level_clear) struct level level = { 0 };
        int r = level_add(&level, config, "dadwait");

        return r < 0 ? r : level_apply(&level, service);
}

static int apply_definition(const struct assignment_list *config, struct service *service) {
        size_t count;
        const struct assignment *const *settings;

        if (!service->definition)
                return 0;
        settings = assignment_list_section(config, service->definition->section, &count);
        for (size_t i = 0; i < count; i++) {
                int r = 0;

                if (program_applies(service->definition, settings[i]))
                        r = settings_apply(&service->settings, settings[i], service->instance);
                if (r < 0)
                        return r;
        }
        return 0;
}

/*
 * From the general to the particular: [dadwait], the definition of the program, the template's
 * section, then the sections of the unit's names. Within each of these levels in reading order: of
 * two sections for one unit the setting that is read last wins.
 */
static int apply_settings(const struct assignment_list *config, struct service *service) {
        int r = apply_defaults(config, service);

        if (r >= 0)
                r = apply_definition(config, service);
        if (r >= 0)
                r = apply_sections(config, true, service);
        return r < 0 ? r : apply_sections(config, false, service);
}

static const struct assignment *find_definition(const struct service_context *context,
                                                const struct service *service) {
        if (!service->started || has_format(service, context->config))
                return NULL;
        return program_list_find(context->programs, &service->started->programs);
}

int service_list_configure(const struct service_context *context, struct service_list *list) {
        for (size_t i = 0; i < list->count; i++) {
                struct service *service = &list->items[i];
                int r;

                if (service->unit.state != UNIT_QUADLET)
                        service->started = started_units_find(context->started, service->unit.name);
                service->definition = find_definition(context, service);
                r = apply_settings(context->config, service);
                if (r < 0)
                        return r;
                settings_check_whole(&service->settings);
        }
        return 0;
}

/* A template's section applies to an instance whether the template is an alias or not. */
static int add_template_sections(const struct assignment_list *config, struct service *service) {
        for (size_t i = 0; i < service->unit.names.count; i++) {
                CLEANUP(freep) char *template = NULL, *instance = NULL;
                size_t count = 0;
                int r;

                r = unit_name_split(service->unit.names.items[i], &template, &instance);
                if (r > 0)
                        (void)assignment_list_section(config, template, &count);
                if (count > 0)
                        r = add_section(service, template);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int copy_unit(const struct unit *unit, struct unit *ret) {
        int r = 0;

        ret->state = unit->state;
        ret->name = strdup(unit->name);
        ret->file = strdup(unit->file);
        for (size_t i = 0; r >= 0 && i < unit->names.count; i++)
                r = string_list_add(&ret->names, unit->names.items[i]);
        return r < 0 || !ret->name || !ret->file ? -ENOMEM : 0;
}

/* Adds a unit that has no section of its own, if its program is known. */
static int add_by_program(const struct service_context *context, const struct started_unit *started,
                          struct service_list *list) {
        CLEANUP(freep) char *template = NULL;
        struct service *service;
        int r;

        if (!program_list_find(context->programs, &started->programs))
                return 0;
        r = grow(list);
        if (r < 0)
                return r;
        service = &list->items[list->count - 1];
        service->started = started;
        r = copy_unit(&started->unit, &service->unit);
        if (r >= 0)
                r = unit_name_split(service->unit.name, &template, &service->instance);
        if (r >= 0)
                r = add_template_sections(context->config, service);
        if (r >= 0 && !find_definition(context, service))
                service_clear(&list->items[--list->count]);
        return r;
}

static int add_started(const struct service_context *context, struct service_list *list) {
        size_t named = list->count;

        for (size_t i = 0; i < context->started->count; i++) {
                const struct started_unit *started = &context->started->items[i];
                const struct service_list before = { list->items, named };
                int r;

                if (service_list_find(&before, started->unit.name))
                        continue;
                r = add_by_program(context, started, list);
                if (r < 0)
                        return r;
        }
        return 0;
}

static bool is_named_locally(const struct assignment_list *config, const struct service *service) {
        for (size_t i = 0; i < service->sections.count; i++)
                if (assignment_list_is_local(config, service->sections.items[i]))
                        return true;
        return false;
}

/* Drops the units that only shipped definitions name, and that are not on this machine. */
static void drop_missing(const struct assignment_list *config, struct service_list *list) {
        size_t kept = 0;

        for (size_t i = 0; i < list->count; i++)
                if (list->items[i].unit.state == UNIT_MISSING &&
                    !is_named_locally(config, &list->items[i]))
                        service_clear(&list->items[i]);
                else if (kept++ != i)
                        list->items[kept - 1] = list->items[i];
        list->count = kept;
}

int services_find(const struct service_context *context, struct service_list *ret) {
        const struct assignment_list *config = context->config;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < config->count; i++) {
                const struct assignment *assignment = &config->items[i];

                if (!is_plain(assignment->section) || !assignment->is_first)
                        continue;
                if (ret->count >= SERVICES_MAX) {
                        log_warning(assignment->file, assignment->line,
                                    "More than %d services, ignoring those that follow.",
                                    SERVICES_MAX);
                        break;
                }
                r = add_service(context, assignment->section, ret);
        }
        drop_missing(config, ret);
        if (r >= 0)
                r = quadlet_services_add(context, ret);
        if (r >= 0)
                r = add_started(context, ret);
        return r < 0 ? r : service_list_configure(context, ret);
}

const struct assignment *service_known_by(const struct service *service) {
        const struct assignment *format = service->settings.last_format;
        const struct assignment *definition = service->definition;

        return format && definition && program_applies(definition, format) ? definition : format;
}

void service_list_clear(struct service_list *list) {
        for (size_t i = 0; i < list->count; i++)
                service_clear(&list->items[i]);
        free(list->items);
        *list = (struct service_list){ 0 };
}
