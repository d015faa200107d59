/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/program-list.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/whitespace.h"

#include <fnmatch.h>
#include <string.h>

static int add(const char *name, size_t length, const struct assignment *definition,
               struct program_list *ret) {
        struct program program = { .definition = definition };

        if (array_make_room(ret->items, ret->count) < 0)
                return -ENOMEM;
        program.name = strndup(name, length);
        if (!program.name)
                return -ENOMEM;
        program.is_pattern = strpbrk(program.name, "*?[");
        ret->items[ret->count++] = program;
        return 0;
}

/* An empty value clears what the section has said in this file. */
static void clear_definition(const struct assignment *definition, struct program_list *list) {
        size_t kept = 0;

        for (size_t i = 0; i < list->count; i++) {
                if (program_applies(definition, list->items[i].definition))
                        free(list->items[i].name);
                else
                        list->items[kept++] = list->items[i];
        }
        list->count = kept;
}

int program_list_make(const struct assignment_list *config, struct program_list *ret) {
        for (size_t i = 0; i < config->count; i++) {
                const struct assignment *assignment = &config->items[i];

                if (strcmp(assignment->key, "Program") != 0)
                        continue;
                if (!assignment->value[0])
                        clear_definition(assignment, ret);
                for (const char *p = assignment->value; *p; p += strspn(p, SYSTEMD_WHITESPACE)) {
                        size_t length = strcspn(p, SYSTEMD_WHITESPACE);

                        if (length > 0 && add(p, length, assignment, ret) < 0)
                                return -ENOMEM;
                        p += length;
                }
        }
        return 0;
}

static bool matches(const struct program *program, const struct string_list *names) {
        for (size_t i = 0; i < names->count; i++)
                if (program->is_pattern ? fnmatch(program->name, names->items[i], 0) == 0
                                        : strcmp(program->name, names->items[i]) == 0)
                        return true;
        return false;
}

const struct assignment *program_list_find(const struct program_list *programs,
                                           const struct string_list *names) {
        for (int patterns = 0; patterns <= 1; patterns++)
                for (size_t i = programs->count; i > 0; i--) {
                        const struct program *program = &programs->items[i - 1];

                        if (program->is_pattern == (bool)patterns && matches(program, names))
                                return program->definition;
                }
        return NULL;
}

bool program_applies(const struct assignment *definition, const struct assignment *assignment) {
        return strcmp(definition->section, assignment->section) == 0 &&
               strcmp(definition->file, assignment->file) == 0;
}

void program_list_clear(struct program_list *programs) {
        for (size_t i = 0; i < programs->count; i++)
                free(programs->items[i].name);
        free(programs->items);
        *programs = (struct program_list){ 0 };
}
