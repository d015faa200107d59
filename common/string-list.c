/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/string-list.h"

#include "common/whitespace.h"

#include "common/array.h"

#include <string.h>

int string_list_take(struct string_list *list, char *text) {
        if (!text || array_make_room(list->items, list->count) < 0) {
                free(text);
                return -ENOMEM;
        }
        list->items[list->count++] = text;
        return 0;
}

int string_list_add(struct string_list *list, const char *text) {
        return string_list_take(list, strdup(text));
}

int string_list_add_words(struct string_list *list, const char *text) {
        for (text += strspn(text, SYSTEMD_WHITESPACE); *text;) {
                size_t length = strcspn(text, SYSTEMD_WHITESPACE);
                int r = string_list_take(list, strndup(text, length));

                if (r < 0)
                        return r;
                text += length + strspn(text + length, SYSTEMD_WHITESPACE);
        }
        return 0;
}

int string_list_add_all(struct string_list *list, const struct string_list *from) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < from->count; i++)
                r = string_list_add(list, from->items[i]);
        return r;
}

bool string_list_contains(const struct string_list *list, const char *text) {
        for (size_t i = 0; i < list->count; i++)
                if (strcmp(list->items[i], text) == 0)
                        return true;
        return false;
}

static int compare(const void *a, const void *b) {
        return strcmp(*(char *const *)a, *(char *const *)b);
}

void string_list_sort(struct string_list *list) {
        if (list->count > 1)
                qsort(list->items, list->count, sizeof(char *), compare);
}

void string_list_clear(struct string_list *list) {
        for (size_t i = 0; i < list->count; i++)
                free(list->items[i]);
        free(list->items);
        *list = (struct string_list){ 0 };
}
