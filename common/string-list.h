/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A growing list of strings that owns them.
 */

#include <stdbool.h>
#include <stddef.h>

struct string_list {
        char **items;
        size_t count;
};

/**
 * string_list_add() - append a copy of a string
 *
 * Return: 0 or -ENOMEM.
 */
int string_list_add(struct string_list *list, const char *text);

/**
 * string_list_take() - append a string that was allocated with malloc(3)
 * @text:       owned by @list from now on, freed here on error; NULL (an allocation that
 *              failed just before) is passed on as -ENOMEM
 *
 * Return: 0 or -ENOMEM.
 */
int string_list_take(struct string_list *list, char *text);

/**
 * string_list_add_words() - append each word of a text
 * @text:       words with SYSTEMD_WHITESPACE between them, no quotes
 *
 * Return: 0 or -ENOMEM.
 */
int string_list_add_words(struct string_list *list, const char *text);

/**
 * string_list_add_all() - append a copy of each string of another list
 *
 * Return: 0 or -ENOMEM.
 */
int string_list_add_all(struct string_list *list, const struct string_list *from);

/**
 * string_list_contains() - whether an equal string is in it
 */
bool string_list_contains(const struct string_list *list, const char *text);

/**
 * string_list_sort() - sort by byte value, as strcmp(3)
 */
void string_list_sort(struct string_list *list);

/**
 * string_list_clear() - free all; the list is empty and usable afterwards
 */
void string_list_clear(struct string_list *list);
