/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "unit.h"

#include "cleanup.h"
#include "path.h"
#include "unit-name.h"

#include <string.h>
#include <systemd/sd-path.h>

enum { ALIAS_DEPTH_MAX = 8 };

static const char INIT_SCRIPTS[] = "/etc/init.d";

static void strv_freep(char ***strv) {
        for (char **p = *strv; p && *p; p++)
                free(*p);
        free(*strv);
}

/* systemd.generator(7): normal-dir, early-dir and late-dir. */
static bool is_generator_output(const char *directory) {
        return strcmp(directory, "/run/systemd/generator") == 0 ||
               strcmp(directory, "/run/systemd/generator.early") == 0 ||
               strcmp(directory, "/run/systemd/generator.late") == 0;
}

/* Whether one of @directories is this one, whatever way it is spelled. */
static bool contains_directory(struct tree *tree, const struct string_list *directories,
                               const struct stat *st) {
        struct stat other;

        for (size_t i = 0; i < directories->count; i++)
                if (tree_stat(tree, directories->items[i], &other) >= 0 &&
                    st->st_dev == other.st_dev && st->st_ino == other.st_ino)
                        return true;
        return false;
}

int unit_search_path(struct tree *tree, struct string_list *ret) {
        CLEANUP(strv_freep) char **directories = NULL;
        int r;

        r = sd_path_lookup_strv(SD_PATH_SYSTEMD_SEARCH_SYSTEM_UNIT, NULL, &directories);
        for (char **p = directories; r >= 0 && p && *p; p++) {
                struct stat st;
                int error = tree_stat(tree, *p, &st);

                if (error == -ENOENT || is_generator_output(*p) ||
                    (error >= 0 && contains_directory(tree, ret, &st)))
                        continue;
                r = string_list_add(ret, *p);
        }
        return r < 0 ? r : 0;
}

/*
 * Whether what the link at @path says lies in one of the directories of the search path (/lib may
 * be a link to /usr/lib); if it is nowhere, that does not matter.
 */
static int leads_to_search_path(struct tree *tree, const struct string_list *search_path,
                                const char *path, const char *target, bool *ret) {
        CLEANUP(freep) char *directory = strndup(path, (size_t)(strrchr(path, '/') - path));
        CLEANUP(freep) char *merged = NULL;
        struct stat st;

        if (!directory || path_merge(directory, target, &merged) < 0)
                return -ENOMEM;
        strrchr(merged, '/')[1] = '\0';
        *ret = tree_stat(tree, merged, &st) < 0 || contains_directory(tree, search_path, &st);
        return 0;
}

/*
 * What one directory entry means; *ret_alias is set where it leads to a unit of another name. A
 * link out of the search path keeps its own (systemctl(1), "link").
 */
static int classify(struct tree *tree, const struct string_list *search_path, const char *path,
                    const char *name, enum unit_state *ret, char **ret_alias) {
        CLEANUP(freep) char *target = NULL;
        struct stat st;
        int r;

        *ret = UNIT_MISSING;
        r = tree_readlink(tree, path, &target);
        if (r == -ENOMEM || r == -ENOENT)
                return r == -ENOENT ? 0 : r;
        if (r >= 0) {
                const char *slash = strrchr(target, '/');
                const char *base = slash ? slash + 1 : target;
                bool is_alias = false;

                if (strcmp(target, "/dev/null") == 0) {
                        *ret = UNIT_MASKED;
                        return 0;
                }
                if (strcmp(base, name) != 0 && unit_name_is_service(base))
                        r = leads_to_search_path(tree, search_path, path, target, &is_alias);
                if (r < 0)
                        return r;
                if (is_alias) {
                        *ret_alias = strdup(base);
                        return *ret_alias ? 0 : -ENOMEM;
                }
        }

        if (tree_stat(tree, path, &st) < 0)
                return 0;
        /* systemd.unit(5): an empty file masks the unit as well. */
        if (S_ISCHR(st.st_mode) || (S_ISREG(st.st_mode) && st.st_size == 0))
                *ret = UNIT_MASKED;
        else if (S_ISREG(st.st_mode))
                *ret = UNIT_FOUND;
        return 0;
}

/* Looks for a file of exactly this name. @unit's state stays UNIT_MISSING if there is none. */
static int search(struct tree *tree, const struct string_list *search_path, const char *name,
                  struct unit *unit, char **ret_alias) {
        for (size_t i = 0; i < search_path->count; i++) {
                CLEANUP(freep) char *path = NULL;
                int r;

                if (asprintf(&path, "%s/%s", search_path->items[i], name) < 0)
                        return -ENOMEM;
                r = classify(tree, search_path, path, name, &unit->state, ret_alias);
                if (r < 0 || *ret_alias)
                        return r;
                if (unit->state != UNIT_MISSING) {
                        unit->file = TAKE_POINTER(path);
                        return 0;
                }
        }
        return 0;
}

/* An instance without a file of its own has its template's, which may be an alias as well. */
static int search_instance(struct tree *tree, const struct string_list *search_path,
                           const char *name, struct unit *unit, char **ret_alias) {
        CLEANUP(freep) char *template = NULL, *instance = NULL, *alias = NULL;
        int r;

        r = search(tree, search_path, name, unit, ret_alias);
        if (r < 0 || *ret_alias || unit->state != UNIT_MISSING || !unit_name_is_service(name))
                return r;
        r = unit_name_split(name, &template, &instance);
        if (r <= 0)
                return r;

        r = search(tree, search_path, template, unit, &alias);
        if (r < 0 || !alias || !unit_name_is_template(alias))
                return r;
        r = unit_name_join(alias, instance, ret_alias);
        return r == -ENOMEM ? r : 0; /* else no unit: it stays with the template's */
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

int unit_find(struct tree *tree, const struct string_list *search_path, const char *name,
              struct unit *ret) {
        int r;

        ret->name = strdup(name);
        if (!ret->name)
                return -ENOMEM;

        for (unsigned depth = 0; depth < ALIAS_DEPTH_MAX; depth++) {
                CLEANUP(freep) char *alias = NULL;

                r = string_list_add(&ret->names, ret->name);
                if (r < 0)
                        return r;
                r = search_instance(tree, search_path, ret->name, ret, &alias);
                if (r < 0)
                        return r;
                if (!alias)
                        break;
                free(ret->name);
                ret->name = TAKE_POINTER(alias);
        }
        if (ret->state == UNIT_MISSING && unit_name_is_service(ret->name))
                return search_init_script(tree, ret->name, ret);
        return 0;
}

void unit_clear(struct unit *unit) {
        free(unit->name);
        free(unit->file);
        string_list_clear(&unit->names);
        *unit = (struct unit){ 0 };
}
