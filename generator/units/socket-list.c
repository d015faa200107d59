/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/socket-list.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "units/systemd-units.h"
#include "units/unit-name.h"

#include <string.h>

static const char SUFFIX[] = ".socket";

static bool is_socket(const char *name) {
        const char *dot = strrchr(name, '.');

        return dot && strcmp(dot, SUFFIX) == 0;
}

static int add_unit(struct tree *tree, const struct unit_index *units, const char *name,
                    struct socket_list *ret) {
        CLEANUP(socket_unit_clear) struct socket_unit socket = { 0 };
        int r;

        r = socket_unit_read(tree, units, name, &socket);
        if (r <= 0)
                return r;
        if (array_make_room(ret->items, ret->count) < 0)
                return -ENOMEM;
        ret->items[ret->count++] = socket;
        socket = (struct socket_unit){ 0 };
        return 0;
}

static int compare_name(const void *name, const void *socket) {
        return strcmp(name, ((const struct socket_unit *)socket)->unit.name);
}

/* @sorted: how many of @list have a file of their own. Return: NULL if it is not there. */
static struct socket_unit *find(const struct socket_list *list, size_t sorted, const char *name) {
        if (sorted > 0) {
                struct socket_unit *found =
                        bsearch(name, list->items, sorted, sizeof(*list->items), compare_name);

                if (found)
                        return found;
        }
        for (size_t i = sorted; i < list->count; i++)
                if (strcmp(list->items[i].unit.name, name) == 0)
                        return &list->items[i];
        return NULL;
}

/* An instance of a template has no file, so that only its being enabled says that it exists.
 *
 * @name: may be an alias, also one of an instance that is in the list */
static int enable_instance(struct tree *tree, const struct unit_index *units, const char *name,
                           size_t sorted, struct socket_list *ret) {
        struct socket_unit *socket;
        size_t count = ret->count;
        int r;

        if (!strchr(name, '@') || !unit_name_is_valid(name) || unit_name_is_template(name) ||
            find(ret, sorted, name))
                return 0;
        r = add_unit(tree, units, name, ret);
        if (r < 0 || ret->count == count)
                return r;
        socket = find(ret, sorted, ret->items[count].unit.name);
        if (socket && socket != &ret->items[count])
                socket_unit_clear(&ret->items[--ret->count]);
        else
                socket = &ret->items[count];
        socket->is_enabled = true;
        return 0;
}

/* @name: of a link in a directory of a target's; may be an alias */
static int enable(struct tree *tree, const struct unit_index *units, const char *name,
                  size_t sorted, struct socket_list *ret) {
        const struct unit_entry *entry;
        struct socket_unit *socket;
        int r;

        r = unit_index_resolve(units, name, &entry, NULL);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        if (r == 0 || unit_name_is_template(entry->name))
                return enable_instance(tree, units, name, sorted, ret);
        socket = find(ret, sorted, entry->name);
        if (socket)
                socket->is_enabled = true;
        return 0;
}

static int enable_all(struct tree *tree, const struct unit_index *units,
                      const struct dependency_links *links, struct socket_list *ret) {
        static const char *const WANTS[] = {
                "sockets.target.wants",
                "sockets.target.requires",
                "multi-user.target.wants",
        };
        size_t sorted = ret->count;
        int r = 0;

        for (size_t i = 0; i < links->count && r >= 0; i++)
                for (size_t k = 0; k < sizeof(WANTS) / sizeof(WANTS[0]) && r >= 0; k++)
                        if (strcmp(links->items[i].directory, WANTS[k]) == 0 &&
                            is_socket(links->items[i].name))
                                r = enable(tree, units, links->items[i].name, sorted, ret);
        return r;
}

/* Those of systemd itself hand their sockets to systemd's own services, and none listens on IP as
 * it is shipped, except systemd-journal-gatewayd.socket and systemd-journal-remote.socket. */
static int is_passed_over(const struct unit_index *units, const char *name) {
        static const char ON_IP[] = "systemd-journal-";

        return strncmp(name, ON_IP, strlen(ON_IP)) == 0 ? 0 : systemd_unit(units, name);
}

int socket_list_read(struct tree *tree, const struct unit_index *units,
                     const struct dependency_links *links, struct socket_list *ret) {
        int r = 0;

        tree_reset_budget(tree);
        for (size_t i = 0; i < units->count && r >= 0; i++) {
                const struct unit_entry *entry = &units->entries[i];

                if (!is_socket(entry->name) || entry->alias)
                        continue;
                r = is_passed_over(units, entry->name);
                if (r == 0)
                        r = add_unit(tree, units, entry->name, ret);
        }
        return r < 0 ? r : enable_all(tree, units, links, ret);
}

void socket_list_clear(struct socket_list *list) {
        for (size_t i = 0; i < list->count; i++)
                socket_unit_clear(&list->items[i]);
        free(list->items);
        *list = (struct socket_list){ 0 };
}
