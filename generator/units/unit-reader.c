/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-reader.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "input/unit-file.h"
#include "units/quadlet-list.h"
#include "units/unit-drop-ins.h"
#include "units/unit-name.h"

#include <string.h>

struct reader {
        struct tree *tree;
        unit_assignment_fn *assignment;
        void *data;
        struct unit_assignment current;
};

static int pass_on(const char *section, const char *key, const char *value, unsigned line,
                   void *data) {
        struct reader *reader = data;

        reader->current.section = section;
        reader->current.key = key;
        reader->current.value = value;
        reader->current.line = line;
        return reader->assignment(&reader->current, reader->data);
}

static int read_file(struct reader *reader, const char *path, struct unit_files *ret) {
        int r;

        reader->current.file = path;
        r = unit_file_read(reader->tree, path, pass_on, reader);
        if (r <= 0 || ret->unreadable)
                return r == -ENOMEM ? r : 0;
        ret->unreadable = strdup(path);
        return ret->unreadable ? 0 : -ENOMEM;
}

/*
 * What podman's generator writes has the sections of its file, with its drop-ins merged. It adds no
 * setting that matters here but the Type= of a pod.
 */
static int read_quadlet(struct reader *reader, const struct quadlet *quadlet,
                        struct unit_files *ret) {
        int r = 0;

        for (size_t i = 0; i < quadlet->files.count && r >= 0; i++)
                r = read_file(reader, quadlet->files.items[i], ret);
        if (r >= 0 && quadlet_is_pod(quadlet))
                r = pass_on("Service", "Type", "forking", 0, reader);
        return r;
}

static int read_drop_ins(struct reader *reader, struct unit_files *ret) {
        int r = 0;

        for (size_t i = 0; i < ret->drop_ins.count && r >= 0; i++) {
                reader->current.is_behind = unit_drop_in_is_behind(ret->drop_ins.items[i]);
                r = read_file(reader, ret->drop_ins.items[i], ret);
        }
        return r;
}

int unit_read(struct tree *tree, const struct unit_index *units, const struct unit *unit,
              unit_assignment_fn *assignment, void *data, struct unit_files *ret) {
        struct reader reader = { .tree = tree, .assignment = assignment, .data = data };
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        int r;

        r = unit_name_split(unit->name, &template, &instance);
        reader.current.unit = unit->name;
        reader.current.instance = instance;
        if (r >= 0 && unit->state == UNIT_FOUND)
                r = read_file(&reader, unit->file, ret);
        else if (r >= 0 && unit->state == UNIT_QUADLET)
                r = read_quadlet(&reader, unit->quadlet, ret);
        if (r >= 0)
                r = unit_drop_ins_list(tree, units, unit->name, &unit->names, &ret->drop_ins);
        return r < 0 ? r : read_drop_ins(&reader, ret);
}

void unit_assignment_boolean(const struct unit_assignment *assignment, bool *ret) {
        int r = text_parse_boolean(assignment->value);

        if (r >= 0)
                *ret = r > 0;
}

void unit_files_clear(struct unit_files *files) {
        string_list_clear(&files->drop_ins);
        free(files->unreadable);
        *files = (struct unit_files){ 0 };
}
