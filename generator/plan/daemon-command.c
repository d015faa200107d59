/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/daemon-command.h"

#include "common/cleanup.h"
#include "formats/shell/environment-file.h"
#include "units/unit-environment.h"

#include <fnmatch.h>
#include <string.h>

/* @names: may be patterns */
static bool is_one_of(const struct exec_program *program, const struct string_list *names) {
        for (size_t i = 0; i < names->count; i++)
                if (exec_program_has_name(program, names->items[i]) ||
                    fnmatch(names->items[i], program->name, 0) == 0)
                        return true;
        return false;
}

/* Keeps the programs called so, or all if there are none. */
static void select_programs(const struct string_list *names, struct daemon_command *command) {
        size_t kept = 0;

        for (size_t i = 0; i < command->count; i++)
                kept += is_one_of(&command->programs[i], names);
        if (kept == 0)
                return;
        kept = 0;
        for (size_t i = 0; i < command->count; i++)
                if (is_one_of(&command->programs[i], names))
                        command->programs[kept++] = command->programs[i];
                else
                        exec_program_clear(&command->programs[i]);
        command->count = kept;
}

static int add_arguments(struct daemon_command *command) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < command->count; i++) {
                const struct exec_program *program = &command->programs[i];

                r = string_list_add_all(&command->arguments, &program->arguments);
                command->file = program->source->file;
                command->line = program->source->line;
        }
        return r;
}

static bool has_variables(const struct unit_command *command) {
        for (size_t i = 0; i < command->commands.count; i++) {
                const struct string_list *words = &command->commands.items[i].arguments;

                for (size_t k = 0; k < words->count; k++)
                        if (strchr(words->items[k], '$'))
                                return true;
        }
        return false;
}

/* Only for variables that the unit does not assign itself. */
static int read_files(struct tree *tree, const struct string_list *files,
                      struct daemon_command *ret) {
        for (size_t i = 0; has_variables(ret->source) && i < files->count; i++)
                if (!string_list_contains(&ret->files, files->items[i]) &&
                    environment_file_read(tree, files->items[i], &ret->fallback) == -ENOMEM)
                        return -ENOMEM;
        return 0;
}

int daemon_command_read(struct tree *tree, const struct unit_command *command,
                        const struct string_list *names, const struct string_list *files,
                        struct daemon_command *ret) {
        const struct exec_command_list *commands = &command->commands;
        int r;

        ret->source = command;
        r = unit_environment_read(tree, command, &ret->environment, &ret->files);
        if (r >= 0)
                r = read_files(tree, files, ret);
        if (r >= 0)
                r = string_list_add_all(&ret->fallback, &ret->environment);
        if (r < 0 || commands->count == 0)
                return r;
        ret->programs = calloc(commands->count, sizeof(*ret->programs));
        if (!ret->programs)
                return -ENOMEM;
        for (size_t i = 0; r >= 0 && i < commands->count; i++)
                r = exec_program_find(&commands->items[i], &ret->fallback,
                                      &ret->programs[ret->count++]);
        if (r < 0)
                return r;
        select_programs(names, ret);
        return add_arguments(ret);
}

void daemon_command_clear(struct daemon_command *command) {
        for (size_t i = 0; i < command->count; i++)
                exec_program_clear(&command->programs[i]);
        free(command->programs);
        string_list_clear(&command->environment);
        string_list_clear(&command->files);
        string_list_clear(&command->fallback);
        string_list_clear(&command->arguments);
        *command = (struct daemon_command){ 0 };
}
