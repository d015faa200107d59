/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/last-existing.h"

const char *last_existing_path(struct tree *tree, const struct string_list *paths) {
        for (size_t i = paths->count; i > 0; i--) {
                struct stat st;

                if (tree_stat(tree, paths->items[i - 1], &st) == 0)
                        return paths->items[i - 1];
        }
        return NULL;
}
