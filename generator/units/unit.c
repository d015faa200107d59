/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit.h"

#include "common/cleanup.h"
#include "input/path.h"
#include "units/unit-name.h"

#include <string.h>

static int add_name(struct unit *unit, const char *name) {
        return string_list_contains(&unit->names, name) ? 0 : string_list_add(&unit->names, name);
}

/* As unit_index_resolve(), but too many links lead to no file. */
static int resolve(const struct unit_index *units, const char *name,
                   const struct unit_entry **ret) {
        int r = unit_index_resolve(units, name, ret, NULL);

        return r == -ELOOP ? 0 : r;
}

/* The name of the unit in a file: of a template, with the unit's instance. */
static int name_of_file(const struct unit_entry *file, const char *instance, char **ret) {
        if (instance && unit_name_is_template(file->name)) {
                int r = unit_name_join(file->name, instance, ret);

                if (r != -EINVAL)
                        return r;
        }
        *ret = strdup(file->name);
        return *ret ? 0 : -ENOMEM;
}

/* The name of a unit is that of its file, unless a unit of that name has another file. */
static int real_name(const struct unit_index *units, const struct unit_entry *file,
                     const char *instance, const char *asked, char **ret) {
        CLEANUP(freep) char *name = NULL;
        const struct unit_entry *other = NULL;
        int r;

        r = name_of_file(file, instance, &name);
        if (r >= 0)
                r = resolve(units, name, &other);
        if (r < 0)
                return r;
        /* A name that is too long for a drop-in directory has aliases that are not. */
        *ret = (other && other != file) || !unit_name_may_have_drop_ins(name) ? strdup(asked)
                                                                              : TAKE_POINTER(name);
        return *ret ? 0 : -ENOMEM;
}

/* An alias of a template is one of its instance as well, unless that has another file. Return: 1
 * with the name; 0 if it is not a name of this unit; -ENOMEM. */
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
        r = resolve(units, *ret, &other);
        return r < 0 ? r : r == 0 || other == file;
}

/* The name of the unit that a link leads to: with "foo@x.service" -> "bar@.service" it is
 * bar@x.service, whether that has a file of its own or not. Return: 1 with it and the file in
 * @ret_file; 0 if it leads to none; -ENOMEM. */
static int name_at_end(const struct unit_index *units, const struct unit_entry *entry,
                       const struct unit_entry **ret_file, char **ret) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        int r;

        r = resolve(units, entry->name, ret_file);
        if (r <= 0)
                return r;
        r = unit_name_split(entry->name, &template, &instance);
        if (r >= 0)
                r = name_of_file(*ret_file, instance, ret);
        return r < 0 ? r : 1;
}

static int path_of(const struct unit_index *units, const struct unit_entry *file, char **ret) {
        if (path_join(units->directories.items[file->directory], file->name, ret) >= 0)
                return 0;
        *ret = NULL;
        return -ENOMEM;
}

static enum unit_state state_of(struct tree *tree, const struct unit_entry *file,
                                const char *path) {
        struct stat st;

        if (file->is_link_to_null)
                return UNIT_MASKED;
        if (tree_stat(tree, path, &st) < 0)
                return UNIT_MISSING; /* a link that leads nowhere */
        /* systemd.unit(5): an empty file masks the unit as well. */
        if (S_ISCHR(st.st_mode) || (S_ISREG(st.st_mode) && st.st_size == 0))
                return UNIT_MASKED;
        return S_ISREG(st.st_mode) ? UNIT_FOUND : UNIT_MISSING;
}

/* Whether the file contains a unit: systemd (unit_file_build_name_map()) ignores a name that leads
 * to a mask or to nothing, even for an instance that has a file of its own. Return: 1 if so; 0;
 * -ENOMEM. */
static int has_unit(struct tree *tree, const struct unit_index *units,
                    const struct unit_entry *file) {
        CLEANUP(freep) char *path = NULL;
        int r = path_of(units, file, &path);

        return r < 0 ? r : state_of(tree, file, path) == UNIT_FOUND;
}

/* Whether an alias leads to the unit. Return: 1 if so; 0; -ENOMEM. */
static int leads_to(struct tree *tree, const struct unit_index *units,
                    const struct unit_entry *alias, const struct unit_entry *file,
                    const char *asked, const struct unit *unit) {
        CLEANUP(freep) char *end = NULL;
        const struct unit_entry *last;
        int r;

        r = name_at_end(units, alias, &last, &end);
        if (r <= 0)
                return r;
        if (strcmp(end, unit->name) != 0 && strcmp(end, asked) != 0 && strcmp(end, file->name) != 0)
                return 0;
        return has_unit(tree, units, last);
}

static int add_aliases(struct tree *tree, const struct unit_index *units,
                       const struct unit_entry *file, const char *instance, const char *asked,
                       struct unit *unit) {
        for (size_t i = 0; i < units->alias_count; i++) {
                const struct unit_entry *entry = units->aliases[i];
                CLEANUP(freep) char *name = NULL;
                int r;

                /* The name at the end may be the unit's although its file is another one: that of a
                 * template whose instance has a file of its own. */
                if (!entry->end || (entry->end != file && !unit_name_is_template(entry->end->name)))
                        continue;
                r = leads_to(tree, units, entry, file, asked, unit);
                if (r > 0)
                        r = name_of_alias(units, entry->name, file, instance, &name);
                if (r > 0 && name)
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
        /* After too many links systemd does not look for a template. */
        return r == -ELOOP ? 0 : r == 0 && template ? resolve(units, template, ret) : r;
}

static int search_init_script(struct tree *tree, const struct unit_index *units, const char *name,
                              struct unit *unit) {
        CLEANUP(freep)
        char *path = NULL, *script = strndup(name, strlen(name) - strlen(".service"));
        struct stat st;

        if (!script)
                return -ENOMEM;
        if (!string_list_contains(&units->init_scripts, script))
                return 0;
        if (asprintf(&path, INIT_SCRIPTS "/%s", script) < 0)
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
                r = real_name(units, file, instance, name, &ret->name);
        } else if (r == 0) {
                ret->name = strdup(last);
                r = ret->name ? 0 : -ENOMEM;
        }
        if (r < 0 || add_name(ret, name) < 0 || add_name(ret, ret->name) < 0)
                return -ENOMEM;
        if (!file)
                return unit_name_is_service(last) ? search_init_script(tree, units, last, ret) : 0;

        r = path_of(units, file, &ret->file);
        if (r < 0)
                return r;
        ret->state = state_of(tree, file, ret->file);
        if (ret->state == UNIT_MISSING) {
                free(ret->file);
                ret->file = NULL;
        }
        return add_aliases(tree, units, file, instance, name, ret);
}

void unit_clear(struct unit *unit) {
        free(unit->name);
        free(unit->file);
        string_list_clear(&unit->names);
        *unit = (struct unit){ 0 };
}
