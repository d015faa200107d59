/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/haproxy/variable-store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of all. Variables that contain others grow without end otherwise. */
enum { VARIABLES_SIZE_MAX = 1 << 20 };

/* Return: its index, or the count if there is none. */
static size_t find(const struct variables *variables, const char *name) {
        size_t length = strlen(name), i;

        for (i = 0; i < variables->list.count; i++)
                if (strncmp(variables->list.items[i], name, length) == 0 &&
                    variables->list.items[i][length] == '=')
                        break;
        return i;
}

const char *haproxy_variables_get(const struct variables *variables, const char *name) {
        size_t i = find(variables, name);

        return i < variables->list.count ? variables->list.items[i] + strlen(name) + 1 : NULL;
}

void haproxy_variables_unset(struct variables *variables, const char *name) {
        size_t i = find(variables, name);
        struct string_list *list = &variables->list;

        if (i == list->count)
                return;
        variables->size -= strlen(list->items[i]);
        free(list->items[i]);
        list->items[i] = list->items[--list->count];
}

int haproxy_variables_set(struct variables *variables, const char *name, const char *value) {
        char *entry;

        haproxy_variables_unset(variables, name);
        if (variables->size + strlen(name) + strlen(value) > VARIABLES_SIZE_MAX)
                return -E2BIG;
        if (asprintf(&entry, "%s=%s", name, value) < 0)
                return -ENOMEM;
        variables->size += strlen(entry);
        return string_list_take(&variables->list, entry);
}

void haproxy_variables_clear(struct variables *variables) {
        string_list_clear(&variables->list);
}
