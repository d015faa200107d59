/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/dependency-links.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "input/path.h"
#include "log.h"

#include <string.h>

/* A link before it is decided which of one name counts. */
struct candidate {
        const char *directory; /* borrowed from the index of units */
        const char *path;      /* of the directory */
        size_t priority;       /* the lower, the higher */
        char *name;
};

struct candidate_list {
        struct candidate *items;
        size_t count;
        struct string_list paths;
};

static void candidate_list_clear(struct candidate_list *list) {
        for (size_t i = 0; i < list->count; i++)
                free(list->items[i].name);
        free(list->items);
        string_list_clear(&list->paths);
}

static bool is_dependency_directory(const char *name) {
        static const char *const SUFFIXES[] = { ".wants", ".requires", ".upholds" };
        const char *dot = strrchr(name, '.');

        for (size_t i = 0; dot && i < sizeof(SUFFIXES) / sizeof(SUFFIXES[0]); i++)
                if (strcmp(dot, SUFFIXES[i]) == 0)
                        return true;
        return false;
}

static int add_names(struct string_list *names, const char *directory, const char *path,
                     size_t priority, struct candidate_list *ret) {
        for (size_t i = 0; i < names->count; i++) {
                if (array_make_room(ret->items, ret->count) < 0)
                        return -ENOMEM;
                ret->items[ret->count++] = (struct candidate){
                        .directory = directory,
                        .path = path,
                        .priority = priority,
                        .name = TAKE_POINTER(names->items[i]),
                };
        }
        return 0;
}

static int list_directory(struct tree *tree, const char *parent, const char *name, size_t priority,
                          struct candidate_list *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        char *path;
        int r;

        if (path_join(parent, name, &path) < 0)
                return -ENOMEM;
        r = string_list_take(&ret->paths, path);
        if (r < 0)
                return r;
        r = tree_list(tree, path, &names);
        if (r == -ENOMEM)
                return r;
        if (r < 0 && r != -ENOENT && r != -ENOTDIR)
                log_warning(path, 0, "Cannot be read, ignoring: %s.", tree_strerror(r));
        return add_names(&names, name, path, priority, ret);
}

static int list_all(struct tree *tree, const struct unit_index *units, struct candidate_list *ret) {
        int r = 0;

        for (size_t i = 0; i < units->directories.count; i++) {
                const struct string_list *names = &units->names[i];

                for (size_t k = 0; k < names->count && r >= 0; k++)
                        if (is_dependency_directory(names->items[k]))
                                r = list_directory(tree, units->directories.items[i],
                                                   names->items[k], i, ret);
        }
        return r;
}

static int compare_names(const struct candidate *x, const struct candidate *y) {
        int r = strcmp(x->directory, y->directory);

        return r != 0 ? r : strcmp(x->name, y->name);
}

static int compare(const void *a, const void *b) {
        const struct candidate *x = a, *y = b;
        int r = compare_names(x, y);

        return r != 0 ? r : (x->priority > y->priority) - (x->priority < y->priority);
}

/* Return: 1 if so; 0; -ENOMEM. */
static int is_mask(struct tree *tree, const struct candidate *candidate) {
        CLEANUP(freep) char *path = NULL, *target = NULL;
        struct stat st;

        if (path_join(candidate->path, candidate->name, &path) < 0)
                return -ENOMEM;
        if (tree_readlink(tree, path, &target) >= 0 && strcmp(target, "/dev/null") == 0)
                return 1;
        return tree_stat(tree, path, &st) >= 0 && S_ISREG(st.st_mode) && st.st_size == 0;
}

static int add(struct candidate *candidate, struct dependency_links *ret) {
        struct dependency_link link = { 0 };

        if (array_make_room(ret->items, ret->count) < 0)
                return -ENOMEM;
        link.directory = strdup(candidate->directory);
        if (!link.directory)
                return -ENOMEM;
        link.name = TAKE_POINTER(candidate->name);
        ret->items[ret->count++] = link;
        return 0;
}

/* A mask without a link that it masks changes nothing, so only those are looked up. */
static int choose(struct tree *tree, struct candidate_list *list, struct dependency_links *ret) {
        for (size_t i = 0, next; i < list->count; i = next) {
                int r = 0;

                for (next = i + 1; next < list->count; next++)
                        if (compare_names(&list->items[i], &list->items[next]) != 0)
                                break;
                if (next > i + 1)
                        r = is_mask(tree, &list->items[i]);
                if (r == 0)
                        r = add(&list->items[i], ret);
                if (r < 0)
                        return r;
        }
        return 0;
}

int dependency_links_read(struct tree *tree, const struct unit_index *units,
                          struct dependency_links *ret) {
        CLEANUP(candidate_list_clear) struct candidate_list list = { 0 };
        int r;

        r = list_all(tree, units, &list);
        if (r < 0)
                return r;
        if (list.count > 1)
                qsort(list.items, list.count, sizeof(*list.items), compare);
        return choose(tree, &list, ret);
}

bool dependency_links_have(const struct dependency_links *links, const char *name) {
        for (size_t i = 0; i < links->count; i++)
                if (strcmp(links->items[i].name, name) == 0)
                        return true;
        return false;
}

void dependency_links_clear(struct dependency_links *links) {
        for (size_t i = 0; i < links->count; i++) {
                free(links->items[i].directory);
                free(links->items[i].name);
        }
        free(links->items);
        *links = (struct dependency_links){ 0 };
}
