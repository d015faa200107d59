/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "freebind.h"

#include "array.h"
#include "cleanup.h"
#include "directive/values.h"
#include "layers.h"
#include "text.h"
#include "unit-file.h"

#include <string.h>

static const char SUFFIX[] = ".socket";

/* What is picked up on the way through a unit's files. */
struct gathered {
        const char *file; /* that is being read */
        bool free_bind, transparent;
        struct freebind_socket found;
        bool failed; /* out of memory */
};

static void socket_clear(struct freebind_socket *socket) {
        free(socket->name);
        free(socket->file);
        free(socket->setting);
        *socket = (struct freebind_socket){ 0 };
}

static void gathered_clear(struct gathered *gathered) {
        socket_clear(&gathered->found);
}

void freebind_clear(struct freebind_list *list) {
        for (size_t i = 0; i < list->count; i++)
                socket_clear(&list->items[i]);
        free(list->items);
        *list = (struct freebind_list){ 0 };
}

static bool may_be_tentative(const char *value) {
        struct pattern pattern;

        return value_parse(value, strlen(value), false, &pattern) == 0 &&
               !pattern_needs_no_waiting(&pattern);
}

static void gather(const char *section, const char *key, const char *value, void *data) {
        struct gathered *gathered = data;
        struct freebind_socket *found = &gathered->found;

        if (strcmp(section, "Socket") != 0)
                return;
        if (strcmp(key, "FreeBind") == 0)
                gathered->free_bind = text_parse_boolean(value) > 0;
        else if (strcmp(key, "Transparent") == 0)
                gathered->transparent = text_parse_boolean(value) > 0;
        if (strncmp(key, "Listen", strlen("Listen")) != 0)
                return;

        if (!value[0]) {
                socket_clear(found); /* a list: an empty assignment clears what came before */
        } else if (!found->setting && may_be_tentative(value)) {
                found->file = strdup(gathered->file);
                if (!found->file || asprintf(&found->setting, "%s=%s", key, value) < 0)
                        gathered->failed = true;
        }
}

static int parse_file(struct tree *tree, const char *path, struct gathered *gathered) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        int r;

        r = tree_read(tree, path, &text, &size);
        if (r < 0)
                return r;
        gathered->file = path;
        unit_file_parse(text, size, gather, gathered);
        return gathered->failed ? -ENOMEM : 0;
}

static int list_drop_ins(struct tree *tree, const struct string_list *search_path, const char *name,
                         struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list directories = { 0 };
        const char *const names[] = { name, "socket" };

        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                for (size_t k = 0; k < search_path->count; k++) {
                        char *path;

                        if (asprintf(&path, "%s/%s.d", search_path->items[k], names[i]) < 0 ||
                            string_list_take(&directories, path) < 0)
                                return -ENOMEM;
                }
        return layers_list(tree, &directories, ret);
}

/* Return: 1 if @name has a file of its own, which is read; 0 if not, -ENOMEM. */
static int read_unit(struct tree *tree, const struct string_list *search_path, const char *name,
                     struct gathered *ret) {
        for (size_t i = 0; i < search_path->count; i++) {
                CLEANUP(freep) char *path = NULL, *target = NULL;
                const char *base;
                int r;

                if (asprintf(&path, "%s/%s", search_path->items[i], name) < 0)
                        return -ENOMEM;
                r = tree_readlink(tree, path, &target);
                base = r >= 0 && strrchr(target, '/') ? strrchr(target, '/') + 1 : target;
                if (r == -ENOMEM || (r >= 0 && strcmp(base, name) != 0))
                        return r == -ENOMEM ? r : 0; /* masked, or an alias */
                r = parse_file(tree, path, ret);
                if (r != -ENOENT)
                        return r == -ENOMEM ? r : r >= 0;
        }
        return 0;
}

static int examine(struct tree *tree, const struct string_list *search_path, const char *name,
                   struct freebind_list *ret) {
        CLEANUP(string_list_clear) struct string_list drop_ins = { 0 };
        CLEANUP(gathered_clear) struct gathered gathered = { 0 };
        int r;

        r = read_unit(tree, search_path, name, &gathered);
        if (r > 0)
                r = list_drop_ins(tree, search_path, name, &drop_ins);
        for (size_t i = 0; i < drop_ins.count && r >= 0; i++)
                r = parse_file(tree, drop_ins.items[i], &gathered);
        if (r == -ENOMEM)
                return r;
        if (!gathered.found.setting || gathered.free_bind || gathered.transparent)
                return 0;

        gathered.found.name = strdup(name);
        if (!gathered.found.name || array_make_room(ret->items, ret->count) < 0)
                return -ENOMEM;
        ret->items[ret->count++] = gathered.found;
        gathered.found = (struct freebind_socket){ 0 };
        return 0;
}

static int list_names(struct tree *tree, const struct string_list *search_path,
                      struct string_list *ret) {
        for (size_t i = 0; i < search_path->count; i++) {
                CLEANUP(string_list_clear) struct string_list names = { 0 };

                if (tree_list(tree, search_path->items[i], &names) == -ENOMEM)
                        return -ENOMEM;
                for (size_t k = 0; k < names.count; k++) {
                        size_t length = strlen(names.items[k]);

                        if (length < sizeof(SUFFIX) ||
                            strcmp(names.items[k] + length - strlen(SUFFIX), SUFFIX) != 0 ||
                            string_list_contains(ret, names.items[k]))
                                continue;
                        if (string_list_add(ret, names.items[k]) < 0)
                                return -ENOMEM;
                }
        }
        string_list_sort(ret);
        return 0;
}

static bool is_wanted(const struct config *config) {
        bool wanted = false;

        for (size_t i = 0; i < config->count; i++)
                if (strcmp(config->items[i].section, "sockets") == 0)
                        wanted = text_parse_boolean(config->items[i].value) > 0;
        return wanted;
}

int freebind_find(struct tree *tree, const struct config *config,
                  const struct string_list *search_path, struct freebind_list *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r;

        ret->wanted = is_wanted(config);
        tree_reset_budget(tree);
        r = list_names(tree, search_path, &names);
        for (size_t i = 0; i < names.count && r >= 0; i++)
                r = examine(tree, search_path, names.items[i], ret);
        return r;
}

char *freebind_format(const struct freebind_socket *socket) {
        CLEANUP(freep) char *text = NULL, *origin = NULL;

        if (asprintf(&origin, "%s  %s", socket->file, socket->setting) < 0)
                return NULL;
        text_make_printable(origin);
        if (asprintf(&text,
                     "# Automatically generated by dadwait-generator\n# %s\n"
                     "[Socket]\nFreeBind=yes\n",
                     origin) < 0)
                return NULL;
        return TAKE_POINTER(text);
}
