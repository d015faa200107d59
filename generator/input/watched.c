/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/watched.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "input/private-files.h"

#include <string.h>

/* Everybody can read which paths are watched. One that does not exist may be text of a private file
 * (private_files_add_missing()), and a name without blanks is more likely to appear later. */
static bool is_no_name(const char *path, int result) {
        return result < 0 && private_files_is_hidden(NULL) && strpbrk(path, SYSTEMD_WHITESPACE);
}

static int add(struct watched *watched, const char *path, const char *suffix, int result) {
        char *text;

        if (!watched->is_recording || watched->paths.count >= WATCHED_MAX || path[0] != '/' ||
            (result < 0 && result != -ENOENT) || is_no_name(path, result))
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
