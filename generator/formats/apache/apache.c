/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/format.h"

#include "common/cleanup.h"
#include "formats/apache/httpd-options.h"
#include "formats/apache/interpreter.h"
#include "formats/apache/modules.h"
#include "formats/last-existing.h"
#include "input/private-files.h"

#include <string.h>

/*
 * The directory of relative paths until ServerRoot changes it. It is built into httpd (HTTPD_ROOT);
 * Debian's apache2ctl passes it as -d for an instance. It is the directory of the configuration
 * file, or the parent if that is called "conf", as on Fedora.
 */
static char *default_root(const char *config) {
        size_t length = (size_t)(strrchr(config, '/') - config);

        if (length >= strlen("/conf") && strncmp(config + length - 5, "/conf", 5) == 0)
                length -= strlen("/conf");
        return length > 0 ? strndup(config, length) : strdup("/");
}

static int read_directives(struct server *server, const struct string_list *directives) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < directives->count; i++) {
                char *text = strdup(directives->items[i]);

                r = text ? interpret_text(server, "httpd's command line", text) : -ENOMEM;
        }
        return r;
}

static int read_config(struct server *server, const char *path, const struct options *options) {
        CLEANUP(freep) char *other = NULL;
        int r;

        if (options->config) {
                r = server_root_relative(server, options->config, &other);
                if (r < 0)
                        return r;
                path = other;
        }
        r = interpret_file(server, path);
        if (r == -ENOENT || r == -ENOTDIR || r == -ENOMEM)
                return r == -ENOMEM ? r : 0; /* else not installed, or not configured */
        if (r < 0)
                log_warning(path, 0, "cannot be read: %s", tree_strerror(r));
        return 0;
}

int apache_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(server_clear) struct server server = SERVER_NULL(tree, ret);
        CLEANUP(options_clear) struct options options = { 0 };
        const char *config;
        int r;

        if (source->config->count == 0)
                return 0;
        config = last_existing_path(tree, source->config) ?: source->config->items[0];
        server.root = default_root(config);
        if (!server.root)
                return -ENOMEM;

        r = private_files_allow("Listen");
        if (r >= 0)
                r = modules_add_static(&server);
        if (r >= 0)
                r = options_read(&server, config, source, &options);
        if (r >= 0)
                r = read_directives(&server, &options.before);
        if (r >= 0)
                r = read_config(&server, config, &options);
        if (r >= 0)
                r = read_directives(&server, &options.after);
        return r;
}
