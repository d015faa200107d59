/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/variable-list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

size_t environment_name_length(const char *text) {
        return text[0] && strchr(LETTERS, text[0]) ? strspn(text, LETTERS "0123456789") : 0;
}

/* Return: its index plus one; 0 if there is none. */
static size_t find(const struct string_list *environment, const char *name, size_t length) {
        size_t i = environment->count;

        while (i > 0 && (strncmp(environment->items[i - 1], name, length) != 0 ||
                         environment->items[i - 1][length] != '='))
                i--;
        return i;
}

const char *environment_get_n(const struct string_list *environment, const char *name,
                              size_t length) {
        size_t i = find(environment, name, length);

        return i > 0 ? environment->items[i - 1] + length + 1 : NULL;
}

const char *environment_get(const struct string_list *environment, const char *name) {
        return environment_get_n(environment, name, strlen(name));
}

int environment_set(struct string_list *environment, const char *assignment) {
        size_t i = find(environment, assignment, strcspn(assignment, "="));
        char *copy;

        if (i == 0)
                return string_list_add(environment, assignment);
        copy = strdup(assignment);
        if (!copy)
                return -ENOMEM;
        free(environment->items[i - 1]);
        environment->items[i - 1] = copy;
        return 0;
}

void environment_unset(struct string_list *environment, const char *name) {
        size_t length = strlen(name), kept = 0;

        for (size_t i = 0; i < environment->count; i++) {
                char *entry = environment->items[i];

                if (strncmp(entry, name, length) == 0 &&
                    (entry[length] == '\0' || (entry[length] == '=' && !strchr(name, '='))))
                        free(entry);
                else
                        environment->items[kept++] = entry;
        }
        environment->count = kept;
}
