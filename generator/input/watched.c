/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/watched.h"

#include "common/cleanup.h"

static int add(struct watched *watched, const char *path, const char *suffix, int result) {
        char *text;

        if (!watched->is_recording || watched->paths.count >= WATCHED_MAX || path[0] != '/' ||
            (result < 0 && result != -ENOENT))
                return result;
        if (asprintf(&text, "%s%s", path, suffix) < 0)
                return -ENOMEM;
        return string_list_take(&watched->paths, text) < 0 ? -ENOMEM : result;
}

int watched_add_file(struct watched *watched, const char *path, int result) {
        return add(watched, path, "", result);
}

int watched_add_directory(struct watched *watched, const char *path, int result) {
        return add(watched, path, "/", result);
}

void watched_clear(struct watched *watched) {
        string_list_clear(&watched->paths);
}
