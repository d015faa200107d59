/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/service.h"

#include "build-config.h"
#include "common/array.h"
#include "common/cleanup.h"
#include "log.h"
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
                if (strcmp(list->items[i].unit.name, name) == 0)
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
static int add_service(struct tree *tree, const struct unit_index *units, const char *name,
                       struct service_list *list) {
        CLEANUP(freep) char *template = NULL, *instance = NULL, *real = NULL;
        CLEANUP(unit_clear) struct unit unit = { 0 };
        int r;

        r = unit_find(tree, units, name, &unit);
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

/* Whether an earlier setting is in the same section. */
static bool is_repeated(const struct assignment_list *config, size_t index) {
        for (size_t i = 0; i < index; i++)
                if (strcmp(config->items[i].section, config->items[index].section) == 0)
                        return true;
        return false;
}

static bool is_shipped(const char *file) {
        return strncmp(file, SERVICE_DIR "/", strlen(SERVICE_DIR "/")) == 0;
}

/*
 * From the general to the particular: [dadwait], the template's section, then the sections of the
 * unit's names. Within each of these levels in reading order: of two sections for one unit the
 * setting that is read last wins.
 */
static int apply_settings(const struct assignment_list *config, struct service *service) {
        enum { DEFAULTS, TEMPLATE, UNIT, LEVELS };

        for (int level = DEFAULTS; level < LEVELS; level++)
                for (size_t i = 0; i < config->count; i++) {
                        const struct assignment *assignment = &config->items[i];
                        const char *section = assignment->section;
                        int of, r;

                        if (strcmp(section, "dadwait") == 0)
                                of = DEFAULTS;
                        else if (string_list_contains(&service->sections, section))
                                of = unit_name_is_template(section) ? TEMPLATE : UNIT;
                        else
                                continue;
                        if (of != level)
                                continue;
                        if (of != DEFAULTS && !is_shipped(assignment->file))
                                service->is_local = true;
                        r = settings_apply(&service->settings, assignment, service->instance);
                        if (r < 0)
                                return r;
                }
        return 0;
}

int service_list_configure(struct service_list *list, const struct assignment_list *config) {
        for (size_t i = 0; i < list->count; i++) {
                int r = apply_settings(config, &list->items[i]);

                if (r < 0)
                        return r;
                settings_check_whole(&list->items[i].settings);
        }
        return 0;
}

int services_find(struct tree *tree, const struct assignment_list *config,
                  const struct unit_index *units, struct service_list *ret) {
        for (size_t i = 0; i < config->count; i++) {
                const struct assignment *assignment = &config->items[i];
                int r;

                if (!is_plain(assignment->section) || is_repeated(config, i))
                        continue;
                if (ret->count >= SERVICES_MAX) {
                        log_warning(assignment->file, assignment->line,
                                    "More than %d services, ignoring those that follow.",
                                    SERVICES_MAX);
                        break;
                }
                r = add_service(tree, units, assignment->section, ret);
                if (r < 0)
                        return r;
        }
        return service_list_configure(ret, config);
}

void service_list_clear(struct service_list *list) {
        for (size_t i = 0; i < list->count; i++)
                service_clear(&list->items[i]);
        free(list->items);
        *list = (struct service_list){ 0 };
}
