/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "server.h"

#include "cleanup.h"

#include <string.h>

void server_clear(struct server *server) {
        free(server->root);
        table_clear(&server->defines);
        table_clear(&server->variables);
        table_clear(&server->environment);
        table_clear(&server->modules);
        table_clear(&server->macros);
}

void server_stop(struct server *server, const char *reason) {
        if (!server->stopped)
                server_warn(server, "nothing more is read: %s", reason);
        server->stopped = true;
}

void server_charge(struct server *server, size_t bytes) {
        bytes += 64;
        if (bytes > server->expansion_left) {
                server_stop(server, "variables and macros expand to more than 128 MiB");
                bytes = server->expansion_left;
        }
        server->expansion_left -= bytes;
}

/* Takes the last component off "/a/b/", but never the first slash. */
static size_t parent(const char *path, size_t length) {
        while (length > 1 && path[--length - 1] != '/')
                ;
        return length;
}

/* As apr_filepath_merge() in file_io/unix/filepath.c of APR. A slash at the end stays. */
int server_root_relative(const struct server *server, const char *path, char **ret) {
        const char *bases[] = { path[0] == '/' ? "" : server->root, path };
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
