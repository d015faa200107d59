/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "late-mounts.h"

#include "cleanup.h"
#include "path.h"
#include "unit-name.h"

#include <mntent.h>
#include <string.h>

enum { LINKS_MAX = 40, ENTRY_SIZE = 4096 };

static const char SUFFIX[] = ".mount";

/* Whether @path is @directory or below it. */
static bool is_below(const char *path, const char *directory) {
        size_t length = strlen(directory);

        return strncmp(path, directory, length) == 0 && (path[length] == '/' || !path[length]);
}

static bool is_early(const char *mount) {
        static const char *const KERNEL[] = { "/dev", "/proc", "/sys", "/run" };

        if (mount[0] != '/' || strcmp(mount, "/") == 0 || strcmp(mount, "/usr") == 0)
                return true;
        for (size_t i = 0; i < sizeof(KERNEL) / sizeof(KERNEL[0]); i++)
                if (is_below(mount, KERNEL[i]))
                        return true;
        return false;
}

static int add_mount(const char *mount, struct string_list *ret) {
        if (is_early(mount) || string_list_contains(ret, mount))
                return 0;
        return string_list_add(ret, mount);
}

/* fstab(5); getmntent_r(3) undoes its escapes. */
static int add_from_fstab(struct tree *tree, struct string_list *ret) {
        CLEANUP(fclosep) FILE *stream = NULL;
        CLEANUP(freep) char *text = NULL;
        char buffer[ENTRY_SIZE];
        struct mntent entry;
        size_t size;
        int r;

        r = tree_read(tree, "/etc/fstab", &text, &size);
        if (r < 0 || size == 0)
                return r == -ENOMEM ? r : 0;
        stream = fmemopen(text, size, "r");
        if (!stream)
                return -ENOMEM;
        while (r >= 0 && getmntent_r(stream, &entry, buffer, sizeof(buffer)))
                if (!hasmntopt(&entry, "x-initrd.mount"))
                        r = add_mount(entry.mnt_dir, ret);
        return r;
}

/* systemd.mount(5): a mount unit is named after its mount point. */
static int add_unit(const char *name, struct string_list *ret) {
        CLEANUP(freep) char *mount = NULL, *path = NULL, *stem = NULL;
        size_t length = strlen(name);

        if (length < sizeof(SUFFIX) || strcmp(name + length - strlen(SUFFIX), SUFFIX) != 0)
                return 0;
        stem = strndup(name, length - strlen(SUFFIX));
        path = stem ? unit_name_unescape(stem) : NULL;
        if (!path || asprintf(&mount, "/%s", path) < 0)
                return -ENOMEM;
        return add_mount(mount, ret);
}

static int add_units(const struct string_list *names, struct string_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < names->count; i++)
                r = add_unit(names->items[i], ret);
        return r;
}

int late_mounts_read(struct tree *tree, const struct unit_index *units, struct string_list *ret) {
        int r;

        r = add_from_fstab(tree, ret);
        for (size_t i = 0; r >= 0 && i < units->directories.count; i++)
                if (is_below(units->directories.items[i], "/etc") ||
                    is_below(units->directories.items[i], "/run"))
                        r = add_units(&units->names[i], ret);
        return r;
}

void late_mounts_drop_mounted(struct string_list *mounts) {
        FILE *stream = mounts->count > 0 ? setmntent("/proc/self/mounts", "re") : NULL;
        char buffer[ENTRY_SIZE];
        struct mntent entry;

        if (!stream)
                return;
        while (getmntent_r(stream, &entry, buffer, sizeof(buffer))) {
                size_t kept = 0;

                for (size_t i = 0; i < mounts->count; i++)
                        if (strcmp(mounts->items[i], entry.mnt_dir) == 0)
                                free(mounts->items[i]);
                        else
                                mounts->items[kept++] = mounts->items[i];
                mounts->count = kept;
        }
        (void)endmntent(stream);
}

static const char *find_mount(const struct string_list *mounts, const char *path) {
        for (size_t i = 0; i < mounts->count; i++)
                if (strcmp(mounts->items[i], path) == 0)
                        return mounts->items[i];
        return NULL;
}

/* Replaces the link that @path begins with up to @end by what it says. */
static int follow(const char *target, const char *end, char **path) {
        CLEANUP(freep) char *directory = NULL, *link = NULL, *longer = NULL;
        char *merged = NULL;

        link = strndup(*path, (size_t)(end - *path));
        directory = link ? strndup(link, (size_t)(strrchr(link, '/') + 1 - link)) : NULL;
        if (!directory || asprintf(&longer, "%s%s", target, end) < 0 ||
            path_merge(directory, longer, &merged) < 0)
                return -ENOMEM;
        free(*path);
        *path = merged;
        return 0;
}

/*
 * Looks at each directory on the way, up to the first mount point or link.
 *
 * Return: 1 if a link was followed; 0 if the end was reached, or a mount point; -ENOMEM.
 */
static int walk(struct tree *tree, const struct string_list *mounts, char **path,
                const char **ret) {
        for (const char *end = strchrnul(*path + 1, '/');; end = strchrnul(end + 1, '/')) {
                CLEANUP(freep) char *prefix = strndup(*path, (size_t)(end - *path));
                CLEANUP(freep) char *target = NULL;
                int r;

                if (!prefix)
                        return -ENOMEM;
                *ret = find_mount(mounts, prefix);
                if (*ret)
                        return 0;
                r = tree_readlink(tree, prefix, &target);
                if (r == -ENOMEM)
                        return r;
                if (r >= 0) {
                        r = follow(target, end, path);
                        return r < 0 ? r : 1;
                }
                if (!*end)
                        return 0;
        }
}

int late_mounts_find(struct tree *tree, const struct string_list *mounts, const char *path,
                     const char **ret) {
        CLEANUP(freep) char *way = NULL;
        int r = 1;

        *ret = NULL;
        if (mounts->count == 0)
                return 0;
        if (path_merge("/", path, &way) < 0)
                return -ENOMEM;
        for (unsigned links = 0; r > 0 && links <= LINKS_MAX; links++)
                r = walk(tree, mounts, &way, ret);
        return r < 0 ? r : 0;
}

bool late_mounts_are_awaited(struct tree *tree, const struct unit_index *units) {
        for (size_t i = 0; i < units->directories.count; i++) {
                CLEANUP(freep) char *path = NULL, *target = NULL;

                if (asprintf(&path, "%s/sysinit.target.wants/dadwait-after-mounts.service",
                             units->directories.items[i]) < 0) {
                        path = NULL;
                        return false;
                }
                if (tree_readlink(tree, path, &target) >= 0)
                        return true;
        }
        return false;
}
