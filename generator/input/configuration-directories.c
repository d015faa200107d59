/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/configuration-directories.h"

#include "common/cleanup.h"
#include "input/path.h"
#include "log.h"

#include <stdbool.h>
#include <string.h>

/* One directory. */
struct listing {
        struct string_list names;
        struct string_list links; /* those of @names that may be links */
};

struct entry {
        const char *name; /* in the directory's list of names */
        size_t directory; /* index; the lower it is, the higher is the priority */
};

static bool is_configuration(const char *name) {
        const char *dot = strrchr(name, '.');

        return name[0] != '.' && dot && strcmp(dot, ".conf") == 0;
}

static int compare(const void *a, const void *b) {
        const struct entry *x = a, *y = b;
        int r = strcmp(x->name, y->name);

        return r != 0 ? r : (x->directory > y->directory) - (x->directory < y->directory);
}

static bool is_masked(struct tree *tree, const char *path) {
        CLEANUP(freep) char *target = NULL;

        return tree_readlink(tree, path, &target) == 0 && strcmp(target, "/dev/null") == 0;
}

static int add_unmasked(struct tree *tree, const char *directory, const struct listing *listing,
                        const char *name, struct string_list *ret) {
        CLEANUP(freep) char *path = NULL;

        if (path_join(directory, name, &path) < 0)
                return -ENOMEM;
        if (string_list_contains(&listing->links, name) && is_masked(tree, path))
                return 0;
        return string_list_take(ret, TAKE_POINTER(path));
}

static int list_directories(struct tree *tree, const struct string_list *directories,
                            struct listing *listings, size_t *ret_total) {
        *ret_total = 0;
        for (size_t i = 0; i < directories->count; i++) {
                int r = tree_list_links(tree, directories->items[i], &listings[i].names,
                                        &listings[i].links);

                if (r == -ENOMEM)
                        return r;
                if (r < 0 && r != -ENOENT)
                        log_warning(directories->items[i], 0, "Cannot be read, ignoring: %s.",
                                    tree_strerror(r));
                *ret_total += listings[i].names.count;
        }
        return 0;
}

static int merge(struct tree *tree, const struct string_list *directories,
                 const struct listing *listings, size_t total, struct string_list *ret) {
        CLEANUP(freep) struct entry *entries = NULL;
        size_t count = 0;

        if (total == 0)
                return 0;
        entries = calloc(total, sizeof(*entries));
        if (!entries)
                return -ENOMEM;
        for (size_t i = 0; i < directories->count; i++)
                for (size_t k = 0; k < listings[i].names.count; k++)
                        if (is_configuration(listings[i].names.items[k]))
                                entries[count++] = (struct entry){ listings[i].names.items[k], i };
        if (count > 1)
                qsort(entries, count, sizeof(*entries), compare);

        for (size_t i = 0; i < count; i++) {
                int r;

                if (i > 0 && strcmp(entries[i - 1].name, entries[i].name) == 0)
                        continue;
                r = add_unmasked(tree, directories->items[entries[i].directory],
                                 &listings[entries[i].directory], entries[i].name, ret);
                if (r < 0)
                        return r;
        }
        return 0;
}

int configuration_directories_list(struct tree *tree, const struct string_list *directories,
                                   struct string_list *ret) {
        CLEANUP(freep) struct listing *listings = NULL;
        size_t total;
        int r;

        listings = calloc(directories->count + 1, sizeof(*listings));
        if (!listings)
                return -ENOMEM;
        r = list_directories(tree, directories, listings, &total);
        if (r >= 0)
                r = merge(tree, directories, listings, total, ret);
        for (size_t i = 0; i < directories->count; i++) {
                string_list_clear(&listings[i].names);
                string_list_clear(&listings[i].links);
        }
        return r;
}
