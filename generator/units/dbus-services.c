/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/dbus-services.h"

#include "common/cleanup.h"
#include "input/path.h"
#include "input/unit-file.h"
#include "log.h"
#include "units/unit-name.h"

#include <string.h>

/* dbus-daemon(1), <standard_system_servicedirs/>. */
static const char *const DIRECTORIES[] = {
        "/usr/local/share/dbus-1/system-services",
        "/usr/share/dbus-1/system-services",
        "/lib/dbus-1/system-services",
};

static const char PREFIX[] = "dbus-";
static const char SUFFIX[] = ".service";

static int list_aliases(const struct unit_index *units, struct string_list *ret) {
        int r = 0;

        for (size_t i = 0; i < units->count && r >= 0; i++) {
                const struct unit_entry *entry = &units->entries[i];

                if (entry->alias && strncmp(entry->name, PREFIX, strlen(PREFIX)) == 0 &&
                    unit_name_is_service(entry->name))
                        r = string_list_add(ret, entry->name);
        }
        return r;
}

static int parse(const char *section, const char *key, const char *value, unsigned line,
                 void *data) {
        struct string_list *names = data;

        (void)line;
        if (strcmp(section, "D-BUS Service") != 0 || strcmp(key, "SystemdService") != 0 ||
            !unit_name_is_service(value))
                return 0;
        return string_list_add(names, value);
}

/* systemd's own files all name the alias of that name, which is in the list by now. */
static int has_alias(const struct unit_index *units, const char *file) {
        CLEANUP(freep) char *alias = NULL;

        if (asprintf(&alias, "%s%s", PREFIX, file) < 0)
                return -ENOMEM;
        return unit_index_find(units, alias) ? 1 : 0;
}

static int read_file(struct tree *tree, const struct unit_index *units, const char *directory,
                     const char *file, struct string_list *ret) {
        CLEANUP(freep) char *path = NULL;
        const char *dot = strrchr(file, '.');
        int r;

        if (!dot || strcmp(dot, SUFFIX) != 0)
                return 0;
        r = has_alias(units, file);
        if (r != 0)
                return r < 0 ? r : 0;
        if (path_join(directory, file, &path) < 0)
                return -ENOMEM;
        r = unit_file_read(tree, path, parse, ret);
        return r == -ENOMEM ? r : 0;
}

int dbus_services_list(struct tree *tree, const struct unit_index *units, struct string_list *ret) {
        int r = list_aliases(units, ret);

        for (size_t i = 0; i < sizeof(DIRECTORIES) / sizeof(DIRECTORIES[0]) && r >= 0; i++) {
                CLEANUP(string_list_clear) struct string_list files = { 0 };

                r = tree_list(tree, DIRECTORIES[i], &files);
                if (r == -ENOMEM)
                        return r;
                if (r < 0 && r != -ENOENT)
                        log_warning(DIRECTORIES[i], 0, "Cannot be read, ignoring: %s.",
                                    tree_strerror(r));
                r = 0;
                for (size_t k = 0; k < files.count && r >= 0; k++)
                        r = read_file(tree, units, DIRECTORIES[i], files.items[k], ret);
        }
        return r < 0 ? r : 0;
}
