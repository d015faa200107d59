/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/template.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "input/tree-glob.h"
#include "log.h"
#include "units/unit-name.h"

#include <string.h>

/* A search for the instances of one template. */
struct search {
        struct tree *tree;
        const struct unit_index *units;
        const struct service_list *plain;
        struct template *template;
};

static void template_clear(struct template *template) {
        free(template->name);
        string_list_clear(&template->sections);
        service_list_clear(&template->instances);
}

void template_list_clear(struct template_list *list) {
        for (size_t i = 0; i < list->count; i++)
                template_clear(&list->items[i]);
        free(list->items);
        *list = (struct template_list){ 0 };
}

/* Adds one instance. Return: 0, also if it is omitted, or -ENOMEM. */
static int add_unit(const struct search *search, const char *name, const char *section) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        CLEANUP(unit_clear) struct unit unit = { 0 };
        int r;

        r = unit_find(search->tree, search->units, name, &unit);
        if (r < 0)
                return r;
        if (service_list_find(search->plain, unit.name))
                return 0;
        r = unit_name_split(unit.name, &template, &instance);
        if (r < 0)
                return r;
        /* The job of another template would write the same drop-in. */
        if (strcmp(r > 0 ? template : unit.name, search->template->name) != 0) {
                log_warning(NULL, 0,
                            "%s is an alias of %s, which needs a section of its own; ignoring "
                            "[%s] for it.",
                            name, unit.name, section);
                return 0;
        }
        return service_list_add(&search->template->instances, &unit, section);
}

/* The instance is the part of @file in the place of the specifier of Config=. All other parts have
 * to be equal: a wildcard in Config= matches itself only. */
static int add_instance(const struct search *search, const struct assignment *assignment,
                        const char *specifier, const char *file) {
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
        return add_unit(search, name, assignment->section);
}

/*
 * Adds an instance for each file that matches Config=: "/etc/apache2-%i/apache2.conf" yields one
 * for each such directory.
 *
 * @wildcard: glob(7) pattern in the place of the specifier
 */
static int add_instances(const struct search *search, const struct assignment *assignment,
                         const char *specifier, const char *wildcard) {
        const char *value = assignment->value;
        CLEANUP(string_list_clear) struct string_list files = { 0 };
        CLEANUP(freep) char *pattern = NULL;
        int r;

        if (asprintf(&pattern, "%.*s%s%s", (int)(specifier - value), value, wildcard,
                     specifier + 2) < 0)
                return -ENOMEM;
        r = tree_glob(search->tree, pattern, &files);
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                log_warning(assignment->file, assignment->line, "Config=%s: %s, ignoring.", value,
                            tree_strerror(r));

        for (size_t i = 0; i < files.count; i++) {
                if (search->template->instances.count >= SERVICES_MAX) {
                        log_warning(assignment->file, assignment->line,
                                    "More than %d instances, ignoring those that follow.",
                                    SERVICES_MAX);
                        break;
                }
                r = add_instance(search, assignment, specifier, files.items[i]);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int add_matches(const struct search *search, const struct assignment *assignment) {
        const char *escaped = strstr(assignment->value, "%i");
        const char *path = strstr(assignment->value, "%I");
        int r;

        if (escaped)
                return add_instances(search, assignment, escaped, "*");
        if (!path)
                return 0;
        /* PostgreSQL has its clusters two directories deep: 15/main. */
        r = add_instances(search, assignment, path, "*");
        return r < 0 ? r : add_instances(search, assignment, path, "*/*");
}

/* Whether an earlier setting of the section has the same key and value. */
static bool is_repeated(const struct assignment *const *settings, size_t index) {
        for (size_t i = 0; i < index; i++)
                if (strcmp(settings[i]->key, settings[index]->key) == 0 &&
                    strcmp(settings[i]->value, settings[index]->value) == 0)
                        return true;
        return false;
}

static int add_matches_of(const struct search *search, const struct assignment_list *config,
                          const char *section) {
        size_t count;
        const struct assignment *const *settings = assignment_list_section(config, section, &count);

        for (size_t i = 0; i < count; i++) {
                int r = 0;

                if (strcmp(settings[i]->key, "Config") == 0 && !is_repeated(settings, i))
                        r = add_matches(search, settings[i]);
                if (r < 0)
                        return r;
        }
        return 0;
}

int template_find_instances(const struct service_context *context, const struct service_list *plain,
                            struct template *template) {
        const struct search search = { context->tree, context->units, plain, template };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < template->sections.count; i++)
                r = add_matches_of(&search, context->config, template->sections.items[i]);
        return r < 0 ? r : service_list_configure(context, &template->instances);
}

/* @name: real name; moved into the list */
static int grow(struct template_list *list, char **name) {
        if (array_make_room(list->items, list->count) < 0)
                return -ENOMEM;
        list->items[list->count] = (struct template){ 0 };
        list->items[list->count++].name = TAKE_POINTER(*name);
        return 0;
}

/* Whether the search path has a unit of the template. */
static bool has_instance(const struct unit_index *units, const char *template) {
        size_t length = (size_t)(strchr(template, '@') + 1 - template);

        for (size_t i = 0; i < units->count; i++)
                if (strncmp(units->entries[i].name, template, length) == 0)
                        return true;
        return false;
}

/* Without a unit, a shipped definition's files are not looked for: /etc may have many directories
 * that could be an instance's. */
static int add_section(struct tree *tree, const struct unit_index *units, const char *section,
                       bool is_local, struct template_list *list) {
        CLEANUP(unit_clear) struct unit unit = { 0 };
        CLEANUP(freep) char *name = NULL;
        size_t i = 0;
        int r;

        if (!is_local && !has_instance(units, section))
                return 0;
        r = unit_find(tree, units, section, &unit);
        if (r < 0)
                return r;
        name = strdup(unit_name_is_template(unit.name) ? unit.name : section);
        if (!name)
                return -ENOMEM;
        while (i < list->count && strcmp(list->items[i].name, name) != 0)
                i++;
        r = i < list->count ? 0 : grow(list, &name);
        return r < 0 ? r : string_list_add(&list->items[i].sections, section);
}

int templates_find(const struct service_context *context, struct template_list *ret) {
        const struct assignment_list *config = context->config;

        for (size_t i = 0; i < config->count; i++) {
                const char *section = config->items[i].section;
                int r;

                if (!unit_name_is_template(section) || !config->items[i].is_first)
                        continue;
                if (ret->count >= SERVICES_MAX) {
                        log_warning(config->items[i].file, config->items[i].line,
                                    "More than %d templates, ignoring those that follow.",
                                    SERVICES_MAX);
                        break;
                }
                r = add_section(context->tree, context->units, section,
                                assignment_list_is_local(config, section), ret);
                if (r < 0)
                        return r;
        }
        return 0;
}
