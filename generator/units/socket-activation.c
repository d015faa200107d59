/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/socket-activation.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "units/unit-file.h"

#include <string.h>

static const char SUFFIX[] = ".socket";

/* What a socket unit's file says. */
struct target {
        char *service;          /* Service=, or NULL */
        bool instance_for_each; /* Accept=yes: an instance for each connection, not this unit */
        bool only_paths;        /* it listens in the file system: the service binds addresses */
        bool listens;
};

static void target_clear(struct target *target) {
        free(target->service);
}

static int gather(const char *section, const char *key, const char *value, void *data) {
        struct target *target = data;

        if (strcmp(section, "Socket") != 0)
                return 0;
        if (strncmp(key, "Listen", 6) == 0 && value[0]) {
                bool is_path = strchr("/@", value[0]);

                target->only_paths = is_path && (target->only_paths || !target->listens);
                target->listens = true;
        }
        if (strcmp(key, "Accept") == 0)
                target->instance_for_each = text_parse_boolean(value) > 0;
        else if (strcmp(key, "Service") == 0) {
                free(target->service);
                target->service = strdup(value);
                return target->service ? 0 : -ENOMEM;
        }
        return 0;
}

/* Return: 1; 0 if there is no such socket: masked or removed, it stays enabled; or -ENOMEM. */
static int read_socket(struct tree *tree, const struct unit_index *units, const char *name,
                       struct target *ret) {
        CLEANUP(unit_clear) struct unit unit = { 0 };
        CLEANUP(freep) char *text = NULL;
        size_t size;
        int r;

        r = unit_find(tree, units, name, &unit);
        if (r < 0 || unit.state != UNIT_FOUND)
                return r;
        r = tree_read(tree, unit.file, &text, &size);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        r = unit_file_parse(text, size, gather, ret);
        return r < 0 ? r : 1;
}

static bool is_same_name(const char *socket, const char *service) {
        size_t length = strlen(socket) - (sizeof(SUFFIX) - 1);

        return strncmp(socket, service, length) == 0 && strcmp(service + length, ".service") == 0;
}

/* Return: 1 if @socket hands its sockets to @unit, 0 if not, or -ENOMEM. */
static int serves(struct tree *tree, const struct unit_index *units, const char *socket,
                  const struct unit *unit, const char *sockets) {
        CLEANUP(target_clear) struct target target = { 0 };
        int r;

        r = read_socket(tree, units, socket, &target);
        if (r <= 0 || target.instance_for_each || target.only_paths)
                return r < 0 ? r : 0;
        if (sockets && text_has_word(sockets, socket))
                return 1;
        if (target.service)
                return string_list_contains(&unit->names, target.service);
        for (size_t i = 0; i < unit->names.count; i++)
                if (is_same_name(socket, unit->names.items[i]))
                        return 1;
        return 0;
}

static int search_directory(struct tree *tree, const struct unit_index *units,
                            const char *directory, const struct unit *unit, const char *sockets,
                            char **ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r;

        r = tree_list(tree, directory, &names);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        for (size_t i = 0; i < names.count; i++) {
                size_t length = strlen(names.items[i]);

                if (length < sizeof(SUFFIX) ||
                    strcmp(names.items[i] + length - (sizeof(SUFFIX) - 1), SUFFIX) != 0)
                        continue;
                r = serves(tree, units, names.items[i], unit, sockets);
                if (r < 0)
                        return r;
                if (r > 0) {
                        *ret = strdup(names.items[i]);
                        return *ret ? 0 : -ENOMEM;
                }
        }
        return 0;
}

int socket_activation_find(struct tree *tree, const struct unit_index *units,
                           const struct unit *unit, const char *sockets, char **ret) {
        static const char *const WANTS[] = {
                "sockets.target.wants",
                "sockets.target.requires",
                "multi-user.target.wants",
        };
        int r = 0;

        for (size_t i = 0; i < units->directories.count && r >= 0 && !*ret; i++)
                for (size_t k = 0; k < sizeof(WANTS) / sizeof(WANTS[0]) && r >= 0 && !*ret; k++) {
                        CLEANUP(freep) char *directory = NULL;

                        if (asprintf(&directory, "%s/%s", units->directories.items[i], WANTS[k]) <
                            0)
                                return -ENOMEM;
                        r = search_directory(tree, units, directory, unit, sockets, ret);
                }
        return r;
}
