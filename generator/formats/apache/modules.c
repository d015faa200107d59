/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/modules.h"

#include "common/cleanup.h"
#include "formats/apache/words.h"

#include <string.h>

/*
 * The output of `apache2 -l` on Debian and Ubuntu. In Fedora and openSUSE fewer are built in; their
 * configuration (conf.modules.d/00-base.conf) loads the rest first. So one list is right for all of
 * them, unless an administrator removes such a line.
 */
static const char *const STATIC_MODULES[] = {
        "core_module",       "so_module",    "watchdog_module", "http_module",
        "log_config_module", "logio_module", "version_module",  "unixd_module",
};

/* Source files that are not called mod_NAME.c; <IfModule> accepts these names too. */
static const struct {
        const char *identifier, *source;
} ODD_SOURCES[] = {
        { "core_module", "core.c" },           { "http_module", "http_core.c" },
        { "ldap_module", "util_ldap.c" },      { "mpm_event_module", "event.c" },
        { "mpm_prefork_module", "prefork.c" }, { "mpm_worker_module", "worker.c" },
};

static const char SUFFIX[] = "_module";

static int source_of(const char *identifier, char **ret) {
        size_t length = strlen(identifier);
        const char *source = NULL;

        for (size_t i = 0; i < sizeof(ODD_SOURCES) / sizeof(ODD_SOURCES[0]); i++)
                if (strcmp(identifier, ODD_SOURCES[i].identifier) == 0)
                        source = ODD_SOURCES[i].source;
        if (source) {
                *ret = strdup(source);
                return *ret ? 0 : -ENOMEM;
        }

        if (length > strlen(SUFFIX) && strcmp(identifier + length - strlen(SUFFIX), SUFFIX) == 0)
                length -= strlen(SUFFIX);
        return asprintf(ret, "mod_%.*s.c", (int)length, identifier) < 0 ? -ENOMEM : 0;
}

int modules_add(struct server *server, const char *identifier) {
        CLEANUP(freep) char *source = NULL;
        int r;

        r = source_of(identifier, &source);
        if (r < 0)
                return r;
        r = table_set(&server->modules, identifier, NULL);
        if (r < 0)
                return r;
        return table_set(&server->modules, source, NULL);
}

int modules_add_static(struct server *server) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < sizeof(STATIC_MODULES) / sizeof(STATIC_MODULES[0]); i++)
                r = modules_add(server, STATIC_MODULES[i]);
        return r;
}

int modules_load(struct server *server, char *arguments) {
        const char *identifier = next_word(&arguments);
        const char *path = next_word(&arguments);

        if (path[0] == '\0' || *arguments) {
                server_warn(server, "LoadModule takes two arguments; line ignored.");
                return 0;
        }
        return modules_add(server, identifier);
}
