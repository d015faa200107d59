/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/socket-list.h"

#include "common/array.h"
#include "common/cleanup.h"

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

int socket_list_read(struct tree *tree, const struct unit_index *units, struct socket_list *ret) {
        int r = 0;

        tree_reset_budget(tree);
        for (size_t i = 0; i < units->count && r >= 0; i++)
                if (is_socket(units->entries[i].name) && !units->entries[i].alias)
                        r = add_unit(tree, units, units->entries[i].name, ret);
        return r;
}

void socket_list_clear(struct socket_list *list) {
        for (size_t i = 0; i < list->count; i++)
                socket_unit_clear(&list->items[i]);
        free(list->items);
        *list = (struct socket_list){ 0 };
}
