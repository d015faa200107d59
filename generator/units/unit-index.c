/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-index.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "input/path.h"
#include "log.h"
#include "units/default-timeout.h"
#include "units/unit-directories.h"
#include "units/unit-name.h"

#include <string.h>

enum { ALIAS_DEPTH_MAX = 8 }; /* FOLLOW_MAX of systemd's unit-file.c */

/* systemd.generator(7): normal-dir, early-dir and late-dir. */
static const char NORMAL_DIR[] = "/run/systemd/generator";
static const char *const GENERATOR_DIRS[] = { NORMAL_DIR, "/run/systemd/generator.early",
                                              "/run/systemd/generator.late" };

static bool is_generator_output(const char *directory) {
        for (size_t i = 0; i < sizeof(GENERATOR_DIRS) / sizeof(GENERATOR_DIRS[0]); i++)
                if (strcmp(directory, GENERATOR_DIRS[i]) == 0)
                        return true;
        return false;
}

/* Whether one of @directories is this one, whatever its path. */
static bool contains_directory(struct tree *tree, const struct string_list *directories,
                               const struct stat *st) {
        struct stat other;

        for (size_t i = 0; i < directories->count; i++)
                if (tree_stat(tree, directories->items[i], &other) >= 0 &&
                    st->st_dev == other.st_dev && st->st_ino == other.st_ino)
                        return true;
        return false;
}

/* Those that exist, each once. */
static int choose_directories(struct tree *tree, struct unit_index *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < ret->search_path.count; i++) {
                const char *directory = ret->search_path.items[i];
                struct stat st;
                int error = tree_stat(tree, directory, &st);

                if (strcmp(directory, NORMAL_DIR) == 0)
                        ret->before_generators = ret->directories.count;
                if (error == -ENOENT || is_generator_output(directory) ||
                    (error >= 0 && contains_directory(tree, &ret->directories, &st)))
                        continue;
                r = string_list_add(&ret->directories, directory);
        }
        return r;
}

/* Whether a path is below one of the directories of the search path. It need not exist. */
static int is_in_search_path(struct tree *tree, const struct unit_index *units, const char *path,
                             bool *ret) {
        CLEANUP(freep) char *ancestor = strdup(path);
        char *slash;

        if (!ancestor)
                return -ENOMEM;
        *ret = false;
        while (!*ret && (slash = strrchr(ancestor, '/')) && slash > ancestor) {
                struct stat st;

                *slash = '\0'; /* /lib may be a link to /usr/lib */
                *ret = string_list_contains(&units->search_path, ancestor) ||
                       (tree_stat(tree, ancestor, &st) >= 0 &&
                        contains_directory(tree, &units->directories, &st));
        }
        return 0;
}

enum kind {
        KIND_PLAIN,
        KIND_TEMPLATE,
        KIND_INSTANCE,
};

static enum kind kind_of(const char *name, const char **ret_at) {
        const char *at = strchr(name, '@'), *dot = strrchr(name, '.');

        *ret_at = at;
        return !at ? KIND_PLAIN : at + 1 == dot ? KIND_TEMPLATE : KIND_INSTANCE;
}

/* Whether one name can be an alias of the other (systemd.unit(5)). */
static bool may_be_alias(const char *name, const char *other) {
        const char *at, *other_at, *dot = strrchr(other, '.');
        enum kind kind = kind_of(name, &at), other_kind = kind_of(other, &other_at);

        if (!dot || strcmp(strrchr(name, '.'), dot) != 0 || strcmp(name, other) == 0 ||
            !unit_name_is_valid(other))
                return false;
        if (kind == KIND_INSTANCE && other_kind == KIND_INSTANCE)
                return strcmp(at, other_at) == 0;
        return kind == other_kind || (kind == KIND_INSTANCE && other_kind == KIND_TEMPLATE);
}

/* Return: 1 with the entry; 0 if systemd skips it; -ENOMEM. */
static int read_entry(struct tree *tree, const struct unit_index *units, struct unit_entry *entry) {
        const char *directory = units->directories.items[entry->directory];
        CLEANUP(freep) char *path = NULL, *target = NULL, *merged = NULL;
        const char *base;
        bool inside;
        int r;

        if (!entry->may_be_link)
                return 1;
        if (path_join(directory, entry->name, &path) < 0)
                return -ENOMEM;
        r = tree_readlink(tree, path, &target);
        if (r < 0)
                return r == -ENOMEM ? r : r != -ENOENT;
        if (path_merge(directory, target, &merged) < 0)
                return -ENOMEM;
        entry->is_link_to_null = strcmp(merged, "/dev/null") == 0;
        if (entry->is_link_to_null)
                return 1;
        r = is_in_search_path(tree, units, merged, &inside);
        if (r < 0 || !inside)
                return r < 0 ? r : 1;
        base = strrchr(merged, '/') + 1;
        if (!may_be_alias(entry->name, base))
                return 0;
        entry->alias = strdup(base);
        return entry->alias ? 1 : -ENOMEM;
}

static bool is_unit(const char *name) {
        static const char *const SUFFIXES[] = { ".service", ".socket", ".path", ".timer",
                                                ".target" };
        const char *dot = strrchr(name, '.');

        for (size_t i = 0; dot && i < sizeof(SUFFIXES) / sizeof(SUFFIXES[0]); i++)
                if (strcmp(dot, SUFFIXES[i]) == 0)
                        return unit_name_is_valid(name);
        return false;
}

static int compare_entries(const void *a, const void *b) {
        const struct unit_entry *x = a, *y = b;
        int r = strcmp(x->name, y->name);

        return r != 0 ? r : (x->directory > y->directory) - (x->directory < y->directory);
}

static int compare_text(const void *text, const void *item) {
        return strcmp(text, *(char *const *)item);
}

static bool contains(const struct string_list *sorted, const char *text) {
        return sorted->count > 0 &&
               bsearch(text, sorted->items, sorted->count, sizeof(*sorted->items), compare_text);
}

static int add_entry(const char *name, size_t directory, bool may_be_link, struct unit_index *ret) {
        struct unit_entry entry = { .directory = directory, .may_be_link = may_be_link };

        entry.name = strdup(name);
        if (!entry.name || array_make_room(ret->entries, ret->count) < 0) {
                free(entry.name);
                return -ENOMEM;
        }
        ret->entries[ret->count++] = entry;
        return 0;
}

static int read_directory(struct tree *tree, size_t directory, struct unit_index *ret) {
        CLEANUP(string_list_clear) struct string_list links = { 0 };
        const char *path = ret->directories.items[directory];
        struct string_list *names = &ret->names[directory];
        int r;

        r = tree_list_links(tree, path, names, &links);
        if (r == -ENOMEM)
                return r;
        if (r < 0 && r != -ENOENT) /* ENOENT: stat(2) of it failed for another reason */
                log_warning(path, 0, "Cannot be read, ignoring: %s.", tree_strerror(r));
        for (size_t i = 0; i < names->count; i++)
                if (is_unit(names->items[i]) &&
                    add_entry(names->items[i], directory, contains(&links, names->items[i]), ret) <
                            0)
                        return -ENOMEM;
        return 0;
}

static int read_directories(struct tree *tree, struct unit_index *ret) {
        ret->names = calloc(ret->directories.count + 1, sizeof(*ret->names));
        if (!ret->names)
                return -ENOMEM;
        for (size_t i = 0; i < ret->directories.count; i++)
                if (read_directory(tree, i, ret) < 0)
                        return -ENOMEM;
        if (ret->count > 1)
                qsort(ret->entries, ret->count, sizeof(*ret->entries), compare_entries);
        return 0;
}

static void entry_clear(struct unit_entry *entry) {
        free(entry->name);
        free(entry->alias);
        *entry = (struct unit_entry){ 0 };
}

/* Keeps the first entry of each name that systemd does not skip. */
static int choose_entries(struct tree *tree, struct unit_index *ret) {
        size_t kept = 0;
        int r = 0;

        for (size_t i = 0; i < ret->count; i++) {
                bool has_one =
                        kept > 0 && strcmp(ret->entries[kept - 1].name, ret->entries[i].name) == 0;

                if (r >= 0 && !has_one)
                        r = read_entry(tree, ret, &ret->entries[i]);
                if (r <= 0 || has_one) {
                        entry_clear(&ret->entries[i]);
                        continue;
                }
                if (kept < i) {
                        ret->entries[kept] = ret->entries[i];
                        ret->entries[i] = (struct unit_entry){ 0 };
                }
                kept++;
        }
        ret->count = kept;
        return r < 0 ? r : 0;
}

/* Once for all units: a search among all aliases of each unit takes long. */
static int find_ends(struct unit_index *ret) {
        ret->aliases = calloc(ret->count + 1, sizeof(const struct unit_entry *));
        if (!ret->aliases)
                return -ENOMEM;
        for (size_t i = 0; i < ret->count; i++) {
                struct unit_entry *entry = &ret->entries[i];

                if (!entry->alias)
                        continue;
                if (unit_index_resolve(ret, entry->name, &entry->end, NULL) == -ENOMEM)
                        return -ENOMEM;
                ret->aliases[ret->alias_count++] = entry;
        }
        return 0;
}

int unit_index_read(struct tree *tree, const char *const *directories, struct unit_index *ret) {
        int r = 0;

        if (!directories)
                r = unit_directories_find(&ret->search_path);
        for (; r >= 0 && directories && *directories; directories++)
                r = string_list_add(&ret->search_path, *directories);
        if (r >= 0)
                r = choose_directories(tree, ret);
        if (r >= 0)
                r = read_directories(tree, ret);
        if (r >= 0)
                r = choose_entries(tree, ret);
        if (r >= 0)
                r = find_ends(ret);
        if (r >= 0 && tree_list(tree, INIT_SCRIPTS, &ret->init_scripts) == -ENOMEM)
                r = -ENOMEM;
        return r < 0 ? r : default_timeout_read(tree, &ret->default_start_timeout_usec);
}

static int compare_name(const void *name, const void *entry) {
        return strcmp(name, ((const struct unit_entry *)entry)->name);
}

const struct unit_entry *unit_index_find(const struct unit_index *units, const char *name) {
        if (units->count == 0)
                return NULL;
        return bsearch(name, units->entries, units->count, sizeof(*units->entries), compare_name);
}

static int find_template(const struct unit_index *units, const char *name,
                         const struct unit_entry **ret) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        int r;

        *ret = NULL;
        if (!unit_name_is_service(name))
                return 0;
        r = unit_name_split(name, &template, &instance);
        if (r > 0)
                *ret = unit_index_find(units, template);
        return r < 0 ? r : 0;
}

int unit_index_resolve(const struct unit_index *units, const char *name,
                       const struct unit_entry **ret, const char **ret_last) {
        *ret = NULL;
        for (unsigned depth = 0; depth < ALIAS_DEPTH_MAX; depth++) {
                const struct unit_entry *entry = unit_index_find(units, name);

                if (!entry && depth > 0) {
                        int r = find_template(units, name, &entry);

                        if (r < 0)
                                return r;
                }
                if (ret_last)
                        *ret_last = name;
                if (!entry)
                        return 0;
                if (!entry->alias) {
                        *ret = entry;
                        return 1;
                }
                name = entry->alias;
        }
        return -ELOOP;
}

bool unit_index_has(const struct unit_index *units, size_t directory, const char *name) {
        return contains(&units->names[directory], name);
}

void unit_index_clear(struct unit_index *units) {
        for (size_t i = 0; i < units->directories.count && units->names; i++)
                string_list_clear(&units->names[i]);
        free(units->names);
        string_list_clear(&units->init_scripts);
        string_list_clear(&units->directories);
        string_list_clear(&units->search_path);
        for (size_t i = 0; i < units->count; i++)
                entry_clear(&units->entries[i]);
        free(units->entries);
        free(units->aliases);
        *units = (struct unit_index){ 0 };
}
