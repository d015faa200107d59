/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-command.h"

#include "common/cleanup.h"
#include "input/quoted-word.h"
#include "input/variable-list.h"
#include "log.h"
#include "units/exec-program.h"
#include "units/unit-specifiers.h"

#include <string.h>

/* More than any unit has; each is compared with all others. */
enum { VARIABLES_MAX = 2000 };

typedef int add_fn(struct string_list *list, const char *word);

/* As systemd, drop an assignment to what is no name (env_assignment_is_valid()). */
static int add_variable(struct string_list *list, const char *word) {
        size_t length = environment_name_length(word);

        return length > 0 && word[length] == '=' ? environment_set(list, word) : 0;
}

/* An empty value resets the list. A word that cannot be read ends it. */
static int parse_words(const struct unit_assignment *assignment, add_fn *add,
                       struct string_list *ret) {
        const char *cursor = assignment->value;
        char *text;
        int r = 0;

        if (!cursor[0])
                string_list_clear(ret);
        while (ret->count < VARIABLES_MAX &&
               (r = quoted_word_next(&cursor, QUOTED_ESCAPES, &text)) > 0) {
                CLEANUP(freep) char *word = text, *expanded = NULL;

                r = unit_specifiers_expand(word, assignment->unit, &expanded);
                if (r >= 0)
                        r = add(ret, expanded);
                if (r < 0)
                        return r;
        }
        if (ret->count >= VARIABLES_MAX && cursor[0])
                log_warning(assignment->file, assignment->line,
                            "More than %d variables, ignoring the rest.", VARIABLES_MAX);
        return r == -ENOMEM ? r : 0;
}

/* One path; systemd ignores one that is not absolute. */
static int parse_environment_file(const struct unit_assignment *assignment,
                                  struct string_list *ret) {
        CLEANUP(freep) char *path = NULL;
        int r;

        if (!assignment->value[0]) {
                string_list_clear(ret);
                return 0;
        }
        r = unit_specifiers_expand(assignment->value, assignment->unit, &path);
        if (r < 0 || path[path[0] == '-'] != '/')
                return r < 0 ? r : 0;
        return string_list_take(ret, TAKE_POINTER(path));
}

/* "~" is the home of User=, which is not known. */
static int parse_directory(const struct unit_assignment *assignment, char **ret) {
        CLEANUP(freep) char *path = NULL;
        int r;

        r = unit_specifiers_expand(assignment->value + (assignment->value[0] == '-'),
                                   assignment->unit, &path);
        if (r < 0)
                return r;
        free(*ret);
        *ret = path[0] == '/' ? TAKE_POINTER(path) : NULL;
        return 0;
}

int unit_command_parse(const struct unit_assignment *assignment, struct unit_command *ret) {
        const char *key = assignment->key;

        if (strcmp(assignment->section, "Service") != 0)
                return 0;
        if (strcmp(key, "ExecStart") == 0)
                return exec_command_list_parse(assignment, &ret->commands);
        if (strcmp(key, "Environment") == 0)
                return parse_words(assignment, add_variable, &ret->environment);
        if (strcmp(key, "EnvironmentFile") == 0)
                return parse_environment_file(assignment, &ret->environment_files);
        if (strcmp(key, "UnsetEnvironment") == 0)
                return parse_words(assignment, string_list_add, &ret->unset);
        if (strcmp(key, "PassEnvironment") == 0)
                return parse_words(assignment, string_list_add, &ret->passed);
        if (strcmp(key, "WorkingDirectory") == 0)
                return parse_directory(assignment, &ret->working_directory);
        return 0;
}

int unit_command_add_programs(const struct unit_command *command, struct string_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < command->commands.count; i++) {
                CLEANUP(exec_program_clear) struct exec_program program = { 0 };

                r = exec_program_find(&command->commands.items[i], &command->environment, &program);
                if (r >= 0)
                        r = exec_program_add_names(&program, ret);
        }
        return r;
}

void unit_command_clear(struct unit_command *command) {
        exec_command_list_clear(&command->commands);
        string_list_clear(&command->environment);
        string_list_clear(&command->environment_files);
        string_list_clear(&command->unset);
        string_list_clear(&command->passed);
        free(command->working_directory);
        *command = (struct unit_command){ 0 };
}
