/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/daemon-command.h"

#include "common/cleanup.h"
#include "formats/shell/environment-file.h"
#include "units/unit-environment.h"

#include <string.h>

static int copy(const struct string_list *from, struct string_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < from->count; i++)
                r = string_list_add(ret, from->items[i]);
        return r;
}

static int add_program(const struct exec_command *command, struct daemon_command *ret) {
        struct exec_program *program = &ret->programs[ret->count++];
        int r;

        r = exec_program_find(command, &ret->fallback, program);
        if (r >= 0)
                r = copy(&program->arguments, &ret->arguments);
        ret->file = command->file;
        ret->line = command->line;
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
                        const struct string_list *files, struct daemon_command *ret) {
        const struct exec_command_list *commands = &command->commands;
        int r;

        ret->source = command;
        r = unit_environment_read(tree, command, &ret->environment, &ret->files);
        if (r >= 0)
                r = read_files(tree, files, ret);
        if (r >= 0)
                r = copy(&ret->environment, &ret->fallback);
        if (r < 0 || commands->count == 0)
                return r;
        ret->programs = calloc(commands->count, sizeof(*ret->programs));
        if (!ret->programs)
                return -ENOMEM;
        for (size_t i = 0; r >= 0 && i < commands->count; i++)
                r = add_program(&commands->items[i], ret);
        return r;
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
