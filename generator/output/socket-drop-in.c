/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "output/socket-drop-in.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "formats/directive/values.h"
#include "input/private-files.h"
#include "units/unit-drop-ins.h"
#include "units/unit-file.h"

#include <string.h>

static const char SUFFIX[] = ".socket";

/* What is picked up on the way through a unit's files. */
struct gathered {
        const char *file; /* that is being read */
        bool free_bind, transparent;
        struct socket_drop_in found;
        bool failed; /* out of memory */
};

static void socket_clear(struct socket_drop_in *socket) {
        free(socket->name);
        free(socket->file);
        free(socket->setting);
        *socket = (struct socket_drop_in){ 0 };
}

static void gathered_clear(struct gathered *gathered) {
        socket_clear(&gathered->found);
}

void socket_drop_ins_clear(struct socket_drop_ins *list) {
        for (size_t i = 0; i < list->count; i++)
                socket_clear(&list->items[i]);
        free(list->items);
        *list = (struct socket_drop_ins){ 0 };
}

static bool may_be_tentative(const char *value, struct pattern *ret) {
        return value_parse(value, strlen(value), false, ret) == 0 && !pattern_needs_no_waiting(ret);
}

static void gather(const char *section, const char *key, const char *value, void *data) {
        struct gathered *gathered = data;
        struct socket_drop_in *found = &gathered->found;
        char address[PATTERN_STRING_SIZE];
        struct pattern pattern;

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
        } else if (!found->setting && may_be_tentative(value, &pattern)) {
                if (private_files_is_hidden(gathered->file))
                        value = pattern_format(&pattern, address);
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

static bool is_socket(const char *name) {
        size_t length = strlen(name);

        return length >= sizeof(SUFFIX) && strcmp(name + length - strlen(SUFFIX), SUFFIX) == 0;
}

/* Return: 1 if the unit has a file, which is read with its drop-ins; 0 if not, -ENOMEM. */
static int read_unit(struct tree *tree, const struct unit_index *units, const char *name,
                     struct gathered *ret) {
        CLEANUP(string_list_clear) struct string_list drop_ins = { 0 };
        CLEANUP(unit_clear) struct unit unit = { 0 };
        int r;

        r = unit_find(tree, units, name, &unit);
        if (r < 0 || unit.state != UNIT_FOUND)
                return r;
        r = parse_file(tree, unit.file, ret);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        r = unit_drop_ins_list(tree, units, unit.name, &unit.names, &drop_ins);
        for (size_t i = 0; i < drop_ins.count && r >= 0; i++)
                if (parse_file(tree, drop_ins.items[i], ret) == -ENOMEM)
                        r = -ENOMEM;
        return r < 0 ? r : 1;
}

static int examine(struct tree *tree, const struct unit_index *units, const char *name,
                   struct socket_drop_ins *ret) {
        CLEANUP(gathered_clear) struct gathered gathered = { 0 };
        int r;

        r = read_unit(tree, units, name, &gathered);
        if (r <= 0 || !gathered.found.setting || gathered.free_bind || gathered.transparent)
                return r < 0 ? r : 0;

        gathered.found.name = strdup(name);
        if (!gathered.found.name || array_make_room(ret->items, ret->count) < 0)
                return -ENOMEM;
        ret->items[ret->count++] = gathered.found;
        gathered.found = (struct socket_drop_in){ 0 };
        return 0;
}

static bool is_wanted(const struct assignment_list *config) {
        bool wanted = false;

        for (size_t i = 0; i < config->count; i++)
                if (strcmp(config->items[i].section, "sockets") == 0)
                        wanted = text_parse_boolean(config->items[i].value) > 0;
        return wanted;
}

int socket_drop_ins_find(struct tree *tree, const struct assignment_list *config,
                         const struct unit_index *units, struct socket_drop_ins *ret) {
        int r = 0;

        ret->wanted = is_wanted(config);
        tree_reset_budget(tree);
        for (size_t i = 0; i < units->count && r >= 0; i++)
                if (is_socket(units->entries[i].name) && !units->entries[i].alias)
                        r = examine(tree, units, units->entries[i].name, ret);
        return r;
}

char *socket_drop_ins_format(const struct socket_drop_in *socket) {
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
