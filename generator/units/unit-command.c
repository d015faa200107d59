/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-command.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "input/command-line-words.h"

#include <string.h>

/* An empty value resets the list. */
static int add_words(const char *words, const struct unit_assignment *assignment,
                     struct string_list *ret) {
        if (assignment->value[0])
                return command_line_words_add(words, assignment->instance, ret);
        string_list_clear(ret);
        return 0;
}

int unit_command_parse(const struct unit_assignment *assignment, struct unit_command *ret) {
        const char *value = assignment->value;

        if (strcmp(assignment->section, "Service") != 0)
                return 0;
        if (strcmp(assignment->key, "Environment") == 0)
                return add_words(value, assignment, &ret->environment);
        if (strcmp(assignment->key, "ExecStart") != 0)
                return 0;
        free(ret->arguments_file);
        ret->arguments_file = strdup(assignment->file);
        if (!ret->arguments_file)
                return -ENOMEM;
        /* What comes before the first blank is the program. */
        return add_words(value + strcspn(value, SYSTEMD_WHITESPACE), assignment, &ret->arguments);
}

void unit_command_clear(struct unit_command *command) {
        string_list_clear(&command->environment);
        string_list_clear(&command->arguments);
        free(command->arguments_file);
}
