/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format.h"

#include "cleanup.h"
#include "interpreter.h"
#include "modules.h"

#include <string.h>

/*
 * Where relative paths start until ServerRoot says otherwise: httpd has it built in (HTTPD_ROOT),
 * Debian's apache2ctl gives it as -d for an instance. It is the directory of the configuration
 * file, or the one above if that is called "conf", as Fedora has it.
 */
static char *default_root(const char *config) {
        size_t length = (size_t)(strrchr(config, '/') - config);

        if (length >= strlen("/conf") && strncmp(config + length - 5, "/conf", 5) == 0)
                length -= strlen("/conf");
        return length > 0 ? strndup(config, length) : strdup("/");
}

int apache_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(server_clear) struct server server = SERVER_NULL(tree, ret);
        int r;

        if (source->config->count == 0)
                return 0;
        server.root = default_root(source->config->items[0]);
        if (!server.root)
                return -ENOMEM;
        r = modules_add_static(&server);
        if (r < 0)
                return r;

        for (size_t i = 0; i < source->config->count; i++) {
                r = interpret_file(&server, source->config->items[i]);
                if (r == -ENOMEM)
                        return r;
                if (r < 0 && r != -ENOENT)
                        log_warning(source->config->items[i], 0, "cannot be read: %s",
                                    tree_strerror(r));
        }
        return 0;
}
