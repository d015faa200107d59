/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-drop-ins.h"

#include "common/cleanup.h"
#include "input/configuration-directories.h"
#include "input/path.h"
#include "output/drop-in-name.h"
#include "units/unit-name.h"

#include <string.h>

static const char *const GENERATED_NAMES[] = { DROP_IN_NAME, FORMER_DROP_IN_NAME };

/* @entry: "NAME.d" */
static int add_directory(const struct unit_index *units, size_t directory, const char *entry,
                         struct string_list *ret) {
        CLEANUP(freep) char *path = NULL;

        if (!unit_index_has(units, directory, entry))
                return 0;
        if (path_join(units->directories.items[directory], entry, &path) < 0)
                return -ENOMEM;
        return string_list_contains(ret, path) ? 0 : string_list_take(ret, TAKE_POINTER(path));
}

/* Adds "NAME.d" of each name whose drop-ins systemd reads for the unit: the name itself, its
 * template, and both shortened at each '-'. */
static int add_name(const char *name, struct string_list *ret) {
        CLEANUP(freep) char *template = NULL, *instance = NULL, *shorter = NULL;
        char *entry;
        int r;

        if (asprintf(&entry, "%s.d", name) < 0)
                return -ENOMEM;
        r = string_list_take(ret, entry);
        if (r >= 0)
                r = unit_name_split(name, &template, &instance);
        if (r > 0)
                r = add_name(template, ret);
        if (r >= 0)
                r = unit_name_shorten(name, &shorter);
        return r <= 0 ? r : add_name(shorter, ret);
}

static int add_directories(const struct unit_index *units, const char *name,
                           struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list entries = { 0 };
        int r;

        r = add_name(name, &entries);
        for (size_t i = 0; i < units->directories.count; i++)
                for (size_t k = 0; k < entries.count && r >= 0; k++)
                        r = add_directory(units, i, entries.items[k], ret);
        return r;
}

int unit_drop_ins_list(struct tree *tree, const struct unit_index *units, const char *name,
                       const struct string_list *names, struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list directories = { 0 };
        CLEANUP(freep) char *of_type = NULL; /* "service.d" */
        int r;

        if (asprintf(&of_type, "%s.d", strrchr(name, '.') + 1) < 0)
                return -ENOMEM;
        r = add_directories(units, name, &directories);
        for (size_t i = 0; i < names->count && r >= 0; i++)
                if (strcmp(names->items[i], name) != 0)
                        r = add_directories(units, names->items[i], &directories);
        for (size_t i = 0; i < units->directories.count && r >= 0; i++)
                r = add_directory(units, i, of_type, &directories);
        return r < 0 ? r : configuration_directories_list(tree, &directories, ret);
}

/* A mask counts even in a tree without /dev, where its link is dangling. */
static bool is_present(struct tree *tree, const char *path) {
        CLEANUP(freep) char *target = NULL;
        struct stat st;

        return (tree_readlink(tree, path, &target) >= 0 && strcmp(target, "/dev/null") == 0) ||
               tree_stat(tree, path, &st) >= 0;
}

static int find_in(struct tree *tree, const char *directory, char **ret) {
        for (size_t i = 0; i < sizeof(GENERATED_NAMES) / sizeof(GENERATED_NAMES[0]); i++) {
                CLEANUP(freep) char *path = NULL;

                if (path_join(directory, GENERATED_NAMES[i], &path) < 0)
                        return -ENOMEM;
                if (!is_present(tree, path))
                        continue;
                *ret = TAKE_POINTER(path);
                break;
        }
        return 0;
}

/* The generated drop-in is in NAME.d/ of the generators' directory: only a file in a directory of
 * higher priority can replace it. */
int unit_drop_ins_find_replacement(struct tree *tree, const struct unit_index *units,
                                   const char *name, char **ret) {
        CLEANUP(string_list_clear) struct string_list entries = { 0 };
        int r;

        r = add_name(name, &entries);
        for (size_t i = 0; i < units->before_generators; i++)
                for (size_t k = 0; k < entries.count && r >= 0 && !*ret; k++) {
                        CLEANUP(string_list_clear) struct string_list directory = { 0 };

                        r = add_directory(units, i, entries.items[k], &directory);
                        if (r >= 0 && directory.count > 0)
                                r = find_in(tree, directory.items[0], ret);
                }
        return r;
}

bool unit_drop_in_is_behind(const char *path) {
        return strcmp(strrchr(path, '/') + 1, DROP_IN_NAME) > 0;
}
