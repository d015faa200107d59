/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/late-mounts.h"

#include "common/cleanup.h"
#include "input/path.h"
#include "input/unit-file.h"
#include "units/unit-name.h"

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

/* The common types of systemd's fstype_is_network(). */
static bool is_network(const char *type) {
        static const char *const TYPES[] = { "nfs",   "nfs4", "cifs",      "smb3",  "smbfs",
                                             "ncpfs", "afs",  "glusterfs", "gfs",   "gfs2",
                                             "ocfs2", "ceph", "9p",        "pvfs2", "davfs" };

        for (size_t i = 0; i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
                if (strcmp(type, TYPES[i]) == 0)
                        return true;
        return strncmp(type, "fuse.", strlen("fuse.")) == 0;
}

static bool is_unordered(const struct mntent *entry) {
        return is_network(entry->mnt_type) || hasmntopt(entry, "_netdev") ||
               hasmntopt(entry, "nofail") || hasmntopt(entry, "noauto");
}

static int add_mount(const struct mntent *entry, struct late_mounts *ret) {
        int r;

        if (is_early(entry->mnt_dir) || string_list_contains(&ret->points, entry->mnt_dir))
                return 0;
        r = string_list_add(&ret->points, entry->mnt_dir);
        return r < 0 || !is_unordered(entry) ? r : string_list_add(&ret->unordered, entry->mnt_dir);
}

/* getmntent_r(3) undoes the escapes of fstab(5). */
static int add_from_fstab(struct tree *tree, struct late_mounts *ret) {
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
                        r = add_mount(&entry, ret);
        return r;
}

/* Type= and Options= of a mount unit, to be freed. */
struct mount_unit {
        char *type, *options;
};

static void mount_unit_clear(struct mount_unit *unit) {
        free(unit->type);
        free(unit->options);
}

static int parse_setting(const char *section, const char *key, const char *value, unsigned line,
                         void *data) {
        struct mount_unit *unit = data;
        char **text = strcmp(key, "Type") == 0      ? &unit->type
                      : strcmp(key, "Options") == 0 ? &unit->options
                                                    : NULL;

        (void)line;
        if (strcmp(section, "Mount") != 0 || !text)
                return 0;
        free(*text);
        *text = strdup(value);
        return *text ? 0 : -ENOMEM;
}

static int read_unit(struct tree *tree, const char *directory, const char *name,
                     struct mount_unit *ret) {
        CLEANUP(freep) char *path = NULL, *text = NULL;
        size_t size;
        int r;

        if (path_join(directory, name, &path) < 0) {
                path = NULL;
                return -ENOMEM;
        }
        r = tree_read(tree, path, &text, &size);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        return unit_file_parse(text, size, parse_setting, ret);
}

/* systemd.mount(5): a mount unit is named after its mount point. */
static int add_unit(struct tree *tree, const char *directory, const char *name,
                    struct late_mounts *ret) {
        CLEANUP(freep) char *mount = NULL, *path = NULL, *stem = NULL;
        CLEANUP(mount_unit_clear) struct mount_unit unit = { 0 };
        size_t length = strlen(name);
        struct mntent entry;
        int r;

        if (length < sizeof(SUFFIX) || strcmp(name + length - strlen(SUFFIX), SUFFIX) != 0)
                return 0;
        stem = strndup(name, length - strlen(SUFFIX));
        path = stem ? unit_name_unescape(stem) : NULL;
        if (!path || asprintf(&mount, "/%s", path) < 0) {
                mount = NULL;
                return -ENOMEM;
        }
        r = read_unit(tree, directory, name, &unit);
        if (r < 0)
                return r;
        entry = (struct mntent){ .mnt_dir = mount,
                                 .mnt_type = unit.type ? unit.type : (char[]){ "" },
                                 .mnt_opts = unit.options ? unit.options : (char[]){ "" } };
        return add_mount(&entry, ret);
}

static int add_units(struct tree *tree, const struct unit_index *units, size_t directory,
                     struct late_mounts *ret) {
        const struct string_list *names = &units->names[directory];
        int r = 0;

        for (size_t i = 0; r >= 0 && i < names->count; i++)
                r = add_unit(tree, units->directories.items[directory], names->items[i], ret);
        return r;
}

/* Whether dadwait-after-mounts.service is enabled. */
static int find_reload(struct tree *tree, const struct unit_index *units, bool *ret) {
        for (size_t i = 0; i < units->directories.count && !*ret; i++) {
                CLEANUP(freep) char *path = NULL, *target = NULL;

                if (asprintf(&path, "%s/sysinit.target.wants/dadwait-after-mounts.service",
                             units->directories.items[i]) < 0) {
                        path = NULL;
                        return -ENOMEM;
                }
                *ret = tree_readlink(tree, path, &target) >= 0;
        }
        return 0;
}

int late_mounts_read(struct tree *tree, const struct unit_index *units, struct late_mounts *ret) {
        int r;

        r = add_from_fstab(tree, ret);
        for (size_t i = 0; r >= 0 && i < units->directories.count; i++)
                if (is_below(units->directories.items[i], "/etc") ||
                    is_below(units->directories.items[i], "/run"))
                        r = add_units(tree, units, i, ret);
        return r < 0 || ret->points.count == 0 ? r : find_reload(tree, units, &ret->are_awaited);
}

static void drop(struct string_list *points, const char *point) {
        size_t kept = 0;

        for (size_t i = 0; i < points->count; i++)
                if (strcmp(points->items[i], point) == 0)
                        free(points->items[i]);
                else
                        points->items[kept++] = points->items[i];
        points->count = kept;
}

void late_mounts_drop_mounted(struct late_mounts *mounts) {
        FILE *stream = mounts->points.count > 0 ? setmntent("/proc/self/mounts", "re") : NULL;
        char buffer[ENTRY_SIZE];
        struct mntent entry;

        if (!stream)
                return;
        while (getmntent_r(stream, &entry, buffer, sizeof(buffer)))
                drop(&mounts->points, entry.mnt_dir);
        (void)endmntent(stream);
}

bool late_mounts_is_awaited(const struct late_mounts *mounts, const char *point) {
        return mounts->are_awaited && !string_list_contains(&mounts->unordered, point);
}

void late_mounts_clear(struct late_mounts *mounts) {
        string_list_clear(&mounts->points);
        string_list_clear(&mounts->unordered);
}

static const char *find_mount(const struct string_list *mounts, const char *path) {
        for (size_t i = 0; i < mounts->count; i++)
                if (strcmp(mounts->items[i], path) == 0)
                        return mounts->items[i];
        return NULL;
}

/* Replaces the link that @path has before @end by its target. */
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
 * Checks each directory of @path from the root, up to the first mount point or link.
 *
 * Return: 1 if a link was followed; 0 if the end was reached, or a mount point; -ENOMEM.
 */
static int walk(struct tree *tree, const struct string_list *points, char **path,
                const char **ret) {
        for (const char *end = strchrnul(*path + 1, '/');; end = strchrnul(end + 1, '/')) {
                CLEANUP(freep) char *prefix = strndup(*path, (size_t)(end - *path));
                CLEANUP(freep) char *target = NULL;
                int r;

                if (!prefix)
                        return -ENOMEM;
                *ret = find_mount(points, prefix);
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

int late_mounts_find(struct tree *tree, const struct late_mounts *mounts, const char *path,
                     const char **ret) {
        CLEANUP(freep) char *way = NULL;
        int r = 1;

        *ret = NULL;
        if (mounts->points.count == 0)
                return 0;
        if (path_merge("/", path, &way) < 0)
                return -ENOMEM;
        for (unsigned links = 0; r > 0 && links <= LINKS_MAX; links++)
                r = walk(tree, &mounts->points, &way, ret);
        return r < 0 ? r : 0;
}
