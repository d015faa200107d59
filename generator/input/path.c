/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Return: the length of "/a/b/" without its last component, at least the first slash. */
static size_t parent(const char *path, size_t length) {
        while (length > 1 && path[--length - 1] != '/')
                ;
        return length;
}

const char *path_base_name(const char *path) {
        const char *slash = strrchr(path, '/');

        return slash ? slash + 1 : path;
}

int path_join(const char *directory, const char *name, char **ret) {
        char *path = malloc(strlen(directory) + strlen("/") + strlen(name) + 1);

        if (!path)
                return -ENOMEM;
        (void)stpcpy(stpcpy(stpcpy(path, directory), "/"), name);
        *ret = path;
        return 0;
}

int path_merge(const char *base, const char *path, char **ret) {
        const char *bases[] = { path[0] == '/' ? "" : base, path };
        size_t length = 1;
        char *merged;

        merged = malloc(strlen(bases[0]) + strlen(path) + 3);
        if (!merged)
                return -ENOMEM;
        merged[0] = '/';

        for (size_t i = 0; i < 2; i++) {
                for (const char *p = bases[i]; *p; p += *p == '/') {
                        const char *end = strchrnul(p, '/');
                        size_t size = (size_t)(end - p);

                        if (merged[length - 1] != '/' && size > 0)
                                merged[length++] = '/';
                        if (size == 2 && memcmp(p, "..", 2) == 0) {
                                length = parent(merged, length);
                        } else if (size > 0 && !(size == 1 && *p == '.')) {
                                memcpy(merged + length, p, size);
                                length += size;
                                if (*end)
                                        merged[length++] = '/';
                        }
                        p = end;
                }
        }
        merged[length] = '\0';
        *ret = merged;
        return 0;
}
