/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/table.h"

#include "common/cleanup.h"

#include <search.h>
#include <string.h>
#include <strings.h>

struct named {
        char *name;
        void *value;
        void (*free_value)(void *value);
};

static void entry_free(void *data) {
        struct named *entry = data;

        if (!entry)
                return;
        if (entry->free_value)
                entry->free_value(entry->value);
        free(entry->name);
        free(entry);
}

static void entry_freep(struct named **entry) {
        entry_free(*entry);
}

static int compare(const void *a, const void *b) {
        return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static int compare_ignoring_case(const void *a, const void *b) {
        return strcasecmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static __compar_fn_t order_of(const struct table *table) {
        return table->ignore_case ? compare_ignoring_case : compare;
}

static struct named *find(const struct table *table, const char *name) {
        struct named key = { .name = (char *)name };
        void *node = tfind(&key, &table->root, order_of(table));

        return node ? *(struct named **)node : NULL;
}

int table_set(struct table *table, const char *name, void *value) {
        CLEANUP(entry_freep) struct named *entry = NULL;
        struct named *old = find(table, name);

        if (old) {
                if (old->free_value)
                        old->free_value(old->value);
                old->value = value;
                return 0;
        }

        entry = calloc(1, sizeof(*entry));
        if (!entry) {
                if (table->free_value)
                        table->free_value(value);
                return -ENOMEM;
        }
        *entry = (struct named){ strdup(name), value, table->free_value };
        if (!entry->name || !tsearch(entry, &table->root, order_of(table)))
                return -ENOMEM;
        entry = NULL; /* the tree's now */
        return 0;
}

bool table_find(const struct table *table, const char *name, void **ret_value) {
        const struct named *entry = find(table, name);

        if (entry && ret_value)
                *ret_value = entry->value;
        return entry;
}

void table_remove(struct table *table, const char *name) {
        struct named *entry = find(table, name);

        if (!entry)
                return;
        (void)tdelete(entry, &table->root, order_of(table));
        entry_free(entry);
}

void table_clear(struct table *table) {
        tdestroy(table->root, entry_free);
        table->root = NULL;
}
