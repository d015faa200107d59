/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "unit.h"

#include "cleanup.h"
#include "unit-name.h"

#include <string.h>

static const char INIT_SCRIPTS[] = "/etc/init.d";

static int add_name(struct unit *unit, const char *name) {
        return string_list_contains(&unit->names, name) ? 0 : string_list_add(&unit->names, name);
}

/* The name that a file gives to a unit: a template's, with the unit's instance. */
static int name_of_file(const struct unit_entry *file, const char *instance, char **ret) {
        if (instance && unit_name_is_template(file->name)) {
                int r = unit_name_join(file->name, instance, ret);

                if (r != -EINVAL)
                        return r;
        }
        *ret = strdup(file->name);
        return *ret ? 0 : -ENOMEM;
}

/* An alias of a template stands for the instance as well, unless that has another file. Return: 1
 * with the name; 0 if it is none of this unit's; -ENOMEM. */
static int name_of_alias(const struct unit_index *units, const char *alias,
                         const struct unit_entry *file, const char *instance, char **ret) {
        const struct unit_entry *other;
        int r;

        if (!instance || !unit_name_is_template(alias)) {
                *ret = strdup(alias);
                return *ret ? 1 : -ENOMEM;
        }
        r = unit_name_join(alias, instance, ret);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        r = unit_index_resolve(units, *ret, &other, NULL);
        return r < 0 ? r : r == 0 || other == file;
}

/* Whether an entry's own file is that of the unit called @name, in whose file it has that name. */
static int leads_to(const struct unit_index *units, const struct unit_entry *entry,
                    const struct unit_entry *file, const char *instance, bool *ret) {
        CLEANUP(freep) char *template = NULL, *own = NULL;
        const struct unit_entry *end;
        int r;

        *ret = false;
        r = unit_index_resolve(units, entry->name, &end, NULL);
        if (r <= 0 || end != file)
                return r < 0 ? r : 0;
        r = unit_name_split(entry->name, &template, &own);
        if (r < 0)
                return r;
        /* "foo@x.service" -> "foo@.service" is about that instance only */
        *ret = !own || (instance && strcmp(own, instance) == 0);
        return 0;
}

static int add_aliases(const struct unit_index *units, const struct unit_entry *file,
                       const char *instance, struct unit *unit) {
        for (size_t i = 0; i < units->count; i++) {
                const struct unit_entry *entry = &units->entries[i];
                CLEANUP(freep) char *name = NULL;
                bool leads;
                int r;

                if (!entry->alias)
                        continue;
                r = leads_to(units, entry, file, instance, &leads);
                if (r >= 0 && leads)
                        r = name_of_alias(units, entry->name, file, instance, &name);
                if (r > 0 && leads)
                        r = add_name(unit, name);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* Return: 1 with the file that a unit has; 0 if it has none; -ENOMEM. */
static int find_file(const struct unit_index *units, const char *name, const char *template,
                     const struct unit_entry **ret, const char **ret_last) {
        int r;

        r = unit_index_resolve(units, name, ret, ret_last);
        return r == 0 && template ? unit_index_resolve(units, template, ret, NULL) : r;
}

static void look_at_file(struct tree *tree, const struct unit_entry *file, struct unit *unit) {
        struct stat st;

        if (file->is_link_to_null)
                unit->state = UNIT_MASKED;
        else if (tree_stat(tree, unit->file, &st) < 0)
                return;
        /* systemd.unit(5): an empty file masks the unit as well. */
        else if (S_ISCHR(st.st_mode) || (S_ISREG(st.st_mode) && st.st_size == 0))
                unit->state = UNIT_MASKED;
        else if (S_ISREG(st.st_mode))
                unit->state = UNIT_FOUND;
}

/* systemd-sysv-generator(8) makes units of executable scripts. */
static int search_init_script(struct tree *tree, const char *name, struct unit *unit) {
        CLEANUP(freep) char *path = NULL;
        struct stat st;

        if (asprintf(&path, "%s/%.*s", INIT_SCRIPTS, (int)(strlen(name) - strlen(".service")),
                     name) < 0)
                return -ENOMEM;
        if (tree_stat(tree, path, &st) < 0 || !S_ISREG(st.st_mode) || !(st.st_mode & S_IXUSR))
                return 0;
        unit->state = UNIT_SYSV;
        unit->file = TAKE_POINTER(path);
        return 0;
}

int unit_find(struct tree *tree, const struct unit_index *units, const char *name,
              struct unit *ret) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        const struct unit_entry *file;
        const char *last;
        int r;

        r = unit_name_split(name, &template, &instance);
        if (r >= 0)
                r = find_file(units, name, template, &file, &last);
        if (r > 0) {
                r = name_of_file(file, instance, &ret->name);
        } else if (r == 0) {
                ret->name = strdup(last);
                r = ret->name ? 0 : -ENOMEM;
        }
        if (r < 0 || add_name(ret, name) < 0 || add_name(ret, ret->name) < 0)
                return -ENOMEM;
        if (!file)
                return unit_name_is_service(last) ? search_init_script(tree, last, ret) : 0;

        if (asprintf(&ret->file, "%s/%s", units->directories.items[file->directory], file->name) <
            0) {
                ret->file = NULL;
                return -ENOMEM;
        }
        look_at_file(tree, file, ret);
        return add_aliases(units, file, instance, ret);
}

void unit_clear(struct unit *unit) {
        free(unit->name);
        free(unit->file);
        string_list_clear(&unit->names);
        *unit = (struct unit){ 0 };
}
