/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/server.h"

#include "common/cleanup.h"
#include "input/path.h"

#include <string.h>

void server_clear(struct server *server) {
        free(server->root);
        table_clear(&server->defines);
        table_clear(&server->variables);
        table_clear(&server->environment);
        table_clear(&server->modules);
        table_clear(&server->macros);
}

void server_charge(struct server *server, size_t bytes) {
        bytes += EXPANSION_COST;
        if (bytes > server->expansion_left) {
                server_stop(server, "variables and macros expand to more than %d MiB",
                            EXPANSION_BUDGET >> 20);
                bytes = server->expansion_left;
        }
        server->expansion_left -= bytes;
}

int server_stat(struct server *server, const char *path, struct stat *ret) {
        int r = tree_stat(server->tree, path, ret);

        if (r == -EDQUOT)
                server_stop(server, "%s", tree_strerror(r));
        return r;
}

int server_root_relative(const struct server *server, const char *path, char **ret) {
        return path_merge(server->root, path, ret);
}
