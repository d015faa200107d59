/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "service.h"

#include "array.h"
#include "build-config.h"
#include "cleanup.h"
#include "log.h"
#include "unit-name.h"

#include <string.h>

enum { SERVICES_MAX = 1000 };

static void service_clear(struct service *service) {
        unit_clear(&service->unit);
        free(service->instance);
        string_list_clear(&service->sections);
        settings_clear(&service->settings);
}

static struct service *find_by_unit(struct service_list *list, const char *name) {
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

/* Adds the unit called @name, or finds it if an alias of it was added before. */
static int add_unit(struct tree *tree, const struct unit_index *units, const char *name,
                    struct service_list *list, struct service **ret) {
        CLEANUP(unit_clear) struct unit unit = { 0 };
        CLEANUP(freep) char *template = NULL;
        struct service *service;
        int r;

        r = unit_find(tree, units, name, &unit);
        if (r < 0)
                return r;
        service = find_by_unit(list, unit.name);
        if (!service) {
                r = grow(list);
                if (r < 0)
                        return r;
                service = &list->items[list->count - 1];
                service->unit = unit;
                unit = (struct unit){ 0 };
                r = unit_name_split(service->unit.name, &template, &service->instance);
                if (r < 0)
                        return r;
        }
        for (size_t i = 0; i < unit.names.count; i++)
                if (!string_list_contains(&service->unit.names, unit.names.items[i])) {
                        r = string_list_add(&service->unit.names, unit.names.items[i]);
                        if (r < 0)
                                return r;
                }
        *ret = service;
        return 0;
}

static int add_service(struct tree *tree, const struct unit_index *units, const char *name,
                       const char *section, struct service_list *list) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        struct service *service;
        int r;

        r = add_unit(tree, units, name, list, &service);
        if (r >= 0)
                r = add_section(service, section);
        if (r < 0)
                return r;

        /* A section of an instance stands on that of its template. */
        r = unit_name_split(name, &template, &instance);
        return r <= 0 ? r : add_section(service, template);
}

/* What @file has where Config= has its specifier is the instance. Elsewhere the two are the same:
 * a wildcard of its own means itself there, whatever it has matched. */
static int add_instance(struct tree *tree, const struct unit_index *units,
                        const struct assignment *assignment, const char *specifier,
                        const char *file, struct service_list *list) {
        size_t before = (size_t)(specifier - assignment->value), after = strlen(specifier + 2);
        size_t length = strlen(file);
        CLEANUP(freep) char *part = NULL, *instance = NULL, *name = NULL;
        int r;

        if (length < before + after || strncmp(file, assignment->value, before) != 0 ||
            strcmp(file + length - after, specifier + 2) != 0)
                return 0;
        part = strndup(file + before, length - before - after);
        if (!part)
                return -ENOMEM;
        instance = specifier[1] == 'I' ? unit_name_escape_path(part) : strdup(part);
        if (!instance)
                return -ENOMEM;
        r = unit_name_join(assignment->section, instance, &name);
        if (r == -ENOMEM)
                return r;
        if (r < 0) {
                log_warning(file, 0, "No name for an instance of %s, ignoring: %s",
                            assignment->section, instance);
                return 0;
        }
        return add_service(tree, units, name, assignment->section, list);
}

/*
 * Adds the instances of a template that the files matching its Config= stand for: of
 * "/etc/apache2-%i/apache2.conf" each directory yields one.
 *
 * @wildcard: matches what the specifier stands for
 */
static int add_instances(struct tree *tree, const struct unit_index *units,
                         const struct assignment *assignment, const char *specifier,
                         const char *wildcard, struct service_list *list) {
        const char *value = assignment->value;
        CLEANUP(string_list_clear) struct string_list files = { 0 };
        CLEANUP(freep) char *pattern = NULL;
        int r;

        if (asprintf(&pattern, "%.*s%s%s", (int)(specifier - value), value, wildcard,
                     specifier + 2) < 0)
                return -ENOMEM;
        r = tree_glob(tree, pattern, &files);
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                log_warning(assignment->file, assignment->line, "Config=%s: %s, ignoring.", value,
                            tree_strerror(r));

        for (size_t i = 0; i < files.count && list->count < SERVICES_MAX; i++) {
                r = add_instance(tree, units, assignment, specifier, files.items[i], list);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int add_template(struct tree *tree, const struct unit_index *units,
                        const struct assignment *assignment, struct service_list *list) {
        const char *escaped = strstr(assignment->value, "%i");
        const char *path = strstr(assignment->value, "%I");
        int r;

        if (escaped)
                return add_instances(tree, units, assignment, escaped, "*", list);
        if (!path)
                return 0;
        /* PostgreSQL's clusters lie two directories deep: 15/main. */
        r = add_instances(tree, units, assignment, path, "*", list);
        return r < 0 ? r : add_instances(tree, units, assignment, path, "*/*", list);
}

static int add_section_services(struct tree *tree, const struct unit_index *units,
                                const struct assignment *assignment, struct service_list *list) {
        if (strcmp(assignment->section, "dadwait") == 0 ||
            strcmp(assignment->section, "sockets") == 0)
                return 0;
        if (!unit_name_is_template(assignment->section))
                return add_service(tree, units, assignment->section, assignment->section, list);
        if (strcmp(assignment->key, "Config") == 0)
                return add_template(tree, units, assignment, list);
        return 0;
}

/* Whether the same section (and, for templates, the same key and value) was seen before. */
static bool is_repeated(const struct config *config, size_t index) {
        const struct assignment *assignment = &config->items[index];
        bool is_template = unit_name_is_template(assignment->section);

        for (size_t i = 0; i < index; i++) {
                const struct assignment *other = &config->items[i];

                if (strcmp(other->section, assignment->section) == 0 &&
                    (!is_template || (strcmp(other->key, assignment->key) == 0 &&
                                      strcmp(other->value, assignment->value) == 0)))
                        return true;
        }
        return false;
}

static bool is_shipped(const char *file) {
        return strncmp(file, SERVICE_DIR "/", strlen(SERVICE_DIR "/")) == 0;
}

/*
 * From the general to the particular: [dadwait], the template's section, then the unit's own,
 * with those of its aliases. Within each in reading order, so that of two sections for one unit
 * the setting read last wins, whichever name it was made under.
 */
static int apply_settings(const struct config *config, struct service *service) {
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

int services_find(struct tree *tree, const struct config *config, const struct unit_index *units,
                  struct service_list *ret) {
        int r;

        for (size_t i = 0; i < config->count; i++) {
                if (ret->count >= SERVICES_MAX) {
                        log_warning(config->items[i].file, config->items[i].line,
                                    "More than %d services, ignoring those that follow.",
                                    SERVICES_MAX);
                        break;
                }
                if (is_repeated(config, i))
                        continue;
                r = add_section_services(tree, units, &config->items[i], ret);
                if (r < 0)
                        return r;
        }
        for (size_t i = 0; i < ret->count; i++) {
                r = apply_settings(config, &ret->items[i]);
                if (r < 0)
                        return r;
                settings_check_whole(&ret->items[i].settings);
        }
        return 0;
}

void service_list_clear(struct service_list *list) {
        for (size_t i = 0; i < list->count; i++)
                service_clear(&list->items[i]);
        free(list->items);
        *list = (struct service_list){ 0 };
}
