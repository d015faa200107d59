/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/included-files.h"

#include "common/cleanup.h"
#include "input/tree-glob.h"
#include "log.h"

#include <string.h>

static bool is_open(const struct included_files *files, const char *path) {
        for (unsigned i = 0; i < files->depth; i++)
                if (strcmp(files->open[i], path) == 0)
                        return true;
        return false;
}

int included_files_read(struct included_files *files, const char *path, bool *ret_exists) {
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r;

        if (ret_exists)
                *ret_exists = true;
        if (files->stopped)
                return 0;
        if (is_open(files, path)) {
                if (!files->has_warned)
                        log_warning(path, 0, "This file includes itself, ignoring that.");
                files->has_warned = true;
                return 0;
        }
        if (files->depth == INCLUDED_FILES_DEPTH_MAX) {
                log_warning(path, 0, "Includes nest deeper than %d, ignoring the rest.",
                            INCLUDED_FILES_DEPTH_MAX);
                files->stopped = true;
                return 0;
        }
        r = tree_read(files->tree, path, &content, &size);
        if (r == -ENOMEM || r == -EISDIR)
                return r;
        if (r == -ENOENT && ret_exists)
                *ret_exists = false;
        if (r < 0) {
                files->stopped |= r == -EDQUOT;
                if (r != -ENOENT)
                        log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
                return 0;
        }
        files->open[files->depth++] = path;
        r = files->read(files, path, content);
        files->depth--;
        return r;
}

int included_files_read_one(struct included_files *files, const char *from, unsigned line,
                            const char *path) {
        bool exists;
        int r = included_files_read(files, path, &exists);

        if (exists)
                return r;
        log_warning(from, line, "Cannot include '%s': %s", path, tree_strerror(-ENOENT));
        missing_file_record(&files->tree->missing, from, line, path);
        return r;
}

int included_files_read_pattern(struct included_files *files, const char *from, unsigned line,
                                const char *pattern) {
        CLEANUP(string_list_clear) struct string_list paths = { 0 };
        int r;

        r = tree_glob(files->tree, pattern, &paths);
        if (r < 0 && r != -ENOMEM) {
                log_warning(from, line, "Cannot include '%s': %s", pattern, tree_strerror(r));
                return 0;
        }
        for (size_t i = 0; i < paths.count && r >= 0; i++) {
                r = included_files_read_one(files, from, line, paths.items[i]);
                if (r == -EISDIR)
                        r = 0;
        }
        return r < 0 ? r : 0;
}

char *included_files_resolve(const char *beside, const char *path) {
        int length = (int)(strrchr(beside, '/') - beside);
        char *resolved;

        if (path[0] == '/')
                return strdup(path);
        return asprintf(&resolved, "%.*s/%s", length, beside, path) < 0 ? NULL : resolved;
}
