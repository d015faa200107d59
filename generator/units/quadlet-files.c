/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/quadlet-files.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "input/configuration-directories.h"
#include "input/path.h"
#include "log.h"

#include <string.h>

enum { DEPTH_MAX = 8, DIRECTORIES_MAX = 1000 };

/* Highest priority first (getRootDirs() in podman's cmd/quadlet/main.go, 5.4). */
static const char *const ROOTS[] = { "/run/containers/systemd", "/etc/containers/systemd",
                                     "/usr/share/containers/systemd" };

/* Whatever begins with this path is for the managers of users. */
static const char FOR_USERS[] = "/etc/containers/systemd/users";

static bool ends_with(const char *text, const char *end) {
        size_t length = strlen(text), end_length = strlen(end);

        return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool is_listed(const struct quadlet_files *files, const struct stat *st) {
        for (size_t i = 0; i < files->count; i++)
                if (files->directories[i].device == st->st_dev &&
                    files->directories[i].inode == st->st_ino)
                        return true;
        return false;
}

static int walk(struct tree *tree, const char *path, unsigned depth, struct quadlet_files *ret);

static int walk_entry(struct tree *tree, const char *directory, const char *name, unsigned depth,
                      struct quadlet_files *ret) {
        CLEANUP(freep) char *path = NULL;
        struct stat st;

        if (path_join(directory, name, &path) < 0)
                return -ENOMEM;
        if (tree_stat(tree, path, &st) < 0 || !S_ISDIR(st.st_mode))
                return 0;
        if (ends_with(name, ".d"))
                return string_list_take(&ret->drop_in_directories, TAKE_POINTER(path));
        return walk(tree, path, depth + 1, ret);
}

static int add_directory(struct tree *tree, const char *path, const struct stat *st,
                         struct quadlet_files *ret) {
        struct quadlet_directory *directory;
        int r;

        if (array_make_room(ret->directories, ret->count) < 0)
                return -ENOMEM;
        directory = &ret->directories[ret->count++];
        *directory = (struct quadlet_directory){ .device = st->st_dev, .inode = st->st_ino };
        directory->path = strdup(path);
        if (!directory->path)
                return -ENOMEM;
        r = tree_list(tree, path, &directory->names);
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                log_warning(path, 0, "Cannot be read, ignoring: %s.", tree_strerror(r));
        return 0;
}

static int walk(struct tree *tree, const char *path, unsigned depth, struct quadlet_files *ret) {
        struct stat st;
        size_t index = ret->count;
        int r;

        if (strncmp(path, FOR_USERS, strlen(FOR_USERS)) == 0 || tree_stat(tree, path, &st) < 0 ||
            !S_ISDIR(st.st_mode) || is_listed(ret, &st))
                return 0;
        if (depth > DEPTH_MAX || ret->count >= DIRECTORIES_MAX) {
                log_warning(path, 0, "%s for containers, ignoring this one.",
                            depth > DEPTH_MAX ? "Too deep below the directory"
                                              : "Too many directories");
                return 0;
        }
        r = add_directory(tree, path, &st, ret);
        for (size_t i = 0; r >= 0 && i < ret->directories[index].names.count; i++)
                r = walk_entry(tree, path, ret->directories[index].names.items[i], depth, ret);
        return r;
}

int quadlet_files_read(struct tree *tree, struct quadlet_files *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < sizeof(ROOTS) / sizeof(ROOTS[0]); i++)
                r = walk(tree, ROOTS[i], 0, ret);
        return r;
}

/* Adds each directory "NAMEREST.d" that exists. */
static int add_named(const struct quadlet_files *files, const char *name, int length,
                     const char *rest, struct string_list *ret) {
        CLEANUP(freep) char *end = NULL;
        int r = 0;

        if (asprintf(&end, "/%.*s%s.d", length, name, rest) < 0)
                return -ENOMEM;
        for (size_t i = 0; r >= 0 && i < files->drop_in_directories.count; i++)
                if (ends_with(files->drop_in_directories.items[i], end))
                        r = string_list_add(ret, files->drop_in_directories.items[i]);
        return r;
}

/* From "a-b-c" on: "a-b-" and "a-", of a template each with an '@' first. @length: of "a-b-c" */
static int add_shortened(const struct quadlet_files *files, const char *name, int length,
                         bool is_template, const char *suffix, struct string_list *ret) {
        CLEANUP(freep) char *of_template = NULL;
        int r = 0;

        if (asprintf(&of_template, "@%s", suffix) < 0)
                return -ENOMEM;
        while (r >= 0 && --length >= 0) {
                if (name[length] != '-')
                        continue;
                if (is_template)
                        r = add_named(files, name, length + 1, of_template, ret);
                if (r >= 0)
                        r = add_named(files, name, length + 1, suffix, ret);
        }
        return r;
}

int quadlet_files_drop_ins(struct tree *tree, const struct quadlet_files *files, const char *name,
                           struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list directories = { 0 };
        const char *suffix = strrchr(name, '.'), *at = strchr(name, '@');
        int length, r;

        if (!suffix || files->drop_in_directories.count == 0)
                return 0;
        length = (int)((at && at < suffix ? at : suffix) - name);
        r = add_named(files, name, (int)strlen(name), "", &directories);
        if (r >= 0 && name[length] == '@' && at + 1 < suffix)
                r = add_named(files, name, length + 1, suffix, &directories);
        if (r >= 0)
                r = add_shortened(files, name, length, name[length] == '@', suffix, &directories);
        if (r >= 0)
                r = add_named(files, suffix + 1, (int)strlen(suffix + 1), "", &directories);
        return r < 0 ? r : configuration_directories_list(tree, &directories, ret);
}

void quadlet_files_clear(struct quadlet_files *files) {
        for (size_t i = 0; i < files->count; i++) {
                free(files->directories[i].path);
                string_list_clear(&files->directories[i].names);
        }
        free(files->directories);
        string_list_clear(&files->drop_in_directories);
        *files = (struct quadlet_files){ 0 };
}
