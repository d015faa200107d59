/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/readable.h"

#include "common/cleanup.h"

#include <limits.h>
#include <string.h>

/* Whether a lookup failed because of the path, not because of the machine. */
static bool is_of_path(int error) {
        return error == EACCES || error == ENOENT || error == ENOTDIR || error == ELOOP ||
               error == ENAMETOOLONG;
}

/* proc(5), /proc/pid/fd. Return: the path's length; 0 if it has none; negative errno. */
static ssize_t real_path(int fd, char ret[static PATH_MAX]) {
        char link[sizeof("/proc/self/fd/2147483647")];
        ssize_t length;

        (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
        length = readlink(link, ret, PATH_MAX);
        if (length < 0)
                return is_of_path(errno) ? 0 : -errno;
        if (length == PATH_MAX || ret[0] != '/')
                return 0;
        ret[length] = '\0';
        return length;
}

static int find_root(struct readable *readable, int root_fd) {
        char path[PATH_MAX];
        ssize_t length = real_path(root_fd, path);

        if (length < 0)
                return (int)length;
        if (length == 1) /* "/": paths below it begin with a slash of their own */
                length = 0;
        readable->root = strndup(path, (size_t)length);
        return readable->root ? 0 : -ENOMEM;
}

/* Whether every user may search a directory and those above it (path_resolution(7)), up to the
 * root.
 *
 * @path: real. Return: 1, 0 or negative errno. */
static int is_searchable(char *path, size_t root_length) {
        for (char *p = path + root_length;;) {
                struct stat st = { 0 };
                char saved;
                int r;

                if (*p == '\0')
                        return 1;
                p = strchrnul(p + 1, '/');
                saved = *p;
                *p = '\0';
                r = stat(path, &st) < 0 ? errno : 0;
                *p = saved;
                if (r != 0)
                        return is_of_path(r) ? 0 : -r;
                if (!(st.st_mode & S_IXOTH))
                        return 0;
        }
}

int readable_by_all(struct readable *readable, int root_fd, int fd, mode_t mode) {
        char path[PATH_MAX];
        size_t root_length;
        ssize_t length;
        char *copy;
        int r;

        if (!(mode & S_IROTH))
                return 0;
        if (!readable->root) {
                r = find_root(readable, root_fd);
                if (r < 0)
                        return r;
        }
        length = real_path(fd, path);
        if (length <= 0)
                return (int)length;
        root_length = strlen(readable->root);
        if (strncmp(path, readable->root, root_length) != 0 || path[root_length] != '/')
                return 0;
        *strrchr(path, '/') = '\0';
        if (readable->directory && strcmp(readable->directory, path) == 0)
                return readable->is_searchable;

        r = is_searchable(path, root_length);
        if (r < 0)
                return r;
        copy = strdup(path);
        if (!copy)
                return -ENOMEM;
        free(readable->directory);
        readable->directory = copy;
        readable->is_searchable = r > 0;
        return r;
}

void readable_clear(struct readable *readable) {
        free(readable->root);
        free(readable->directory);
        *readable = (struct readable){ 0 };
}
