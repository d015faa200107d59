/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/exec-command.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/whitespace.h"
#include "input/quoted-word.h"
#include "log.h"
#include "units/unit-specifiers.h"

#include <string.h>

/* More than any unit has. */
enum { COMMANDS_MAX = 1000, ARGUMENTS_MAX = 10000 };

static void exec_command_clear(struct exec_command *command) {
        free(command->program);
        string_list_clear(&command->arguments);
        free(command->file);
}

/* A lone ';', not quoted. */
static bool skip_separator(const char **cursor) {
        if (**cursor != ';' || ((*cursor)[1] && !strchr(SYSTEMD_WHITESPACE, (*cursor)[1])))
                return false;
        (*cursor)++;
        *cursor += strspn(*cursor, SYSTEMD_WHITESPACE);
        return true;
}

/* "\;" is the argument ";". */
static bool skip_escaped_separator(const char **cursor) {
        const char *behind = *cursor + 1;

        if (**cursor != '\\')
                return false;
        if (!skip_separator(&behind))
                return false;
        *cursor = behind;
        return true;
}

/* Return: 1 with the word, its specifiers expanded; 0 at the end; -EINVAL; -ENOMEM. */
static int next_word(const char **cursor, const char *unit, char **ret) {
        CLEANUP(freep) char *word = NULL;
        int r;

        r = quoted_word_next(cursor, QUOTED_ESCAPES_OR_TEXT, &word);
        if (r <= 0)
                return r;
        r = unit_specifiers_expand(word, unit, ret);
        return r < 0 ? r : 1;
}

/* Return: the program behind its prefixes. */
static const char *read_prefixes(const char *word, struct exec_command *ret, bool *ret_has_argv0) {
        *ret_has_argv0 = false;
        ret->expands_variables = true;
        for (; *word && strchr("-@:+!|", *word); word++) {
                if (*word == '@')
                        *ret_has_argv0 = true;
                else if (*word == ':')
                        ret->expands_variables = false;
                else if (*word == '|')
                        ret->in_shell = true;
        }
        return word;
}

/* Return: 1; 0 at the end; -EINVAL; -ENOMEM. */
static int read_program(const char **cursor, const char *unit, struct exec_command *ret) {
        CLEANUP(freep) char *word = NULL, *argv0 = NULL;
        bool has_argv0;
        int r;

        r = quoted_word_next(cursor, QUOTED_ESCAPES_OR_TEXT, &word);
        if (r <= 0)
                return r;
        r = unit_specifiers_expand(read_prefixes(word, ret, &has_argv0), unit, &ret->program);
        if (r < 0)
                return r;
        if (!ret->program[0])
                return -EINVAL;
        if (!has_argv0)
                return 1;
        if (skip_separator(cursor))
                return -EINVAL;
        r = next_word(cursor, unit, &argv0);
        return r == 0 ? -EINVAL : r;
}

/* Reads up to the end or a separator. Return: 1; -EINVAL; -E2BIG; -ENOMEM. */
static int read_arguments(const char **cursor, const char *unit, struct string_list *ret) {
        while (!skip_separator(cursor)) {
                CLEANUP(freep) char *word = NULL;
                int r;

                if (skip_escaped_separator(cursor))
                        r = string_list_add(ret, ";");
                else if ((r = next_word(cursor, unit, &word)) == 0)
                        return 1;
                else if (r > 0)
                        r = ret->count < ARGUMENTS_MAX ? string_list_take(ret, TAKE_POINTER(word))
                                                       : -E2BIG;
                if (r < 0)
                        return r;
        }
        return 1;
}

static int add(struct exec_command_list *list, struct exec_command *command) {
        if (list->count >= COMMANDS_MAX)
                return -E2BIG;
        if (array_make_room(list->items, list->count) < 0)
                return -ENOMEM;
        list->items[list->count++] = *command;
        *command = (struct exec_command){ 0 };
        return 0;
}

/* Return: 1; 0 at the end; -EINVAL; -E2BIG; -ENOMEM. */
static int read_command(const char **cursor, const struct unit_assignment *assignment,
                        struct exec_command_list *ret) {
        CLEANUP(exec_command_clear) struct exec_command command = { .line = assignment->line };
        int r;

        while (skip_separator(cursor))
                ;
        r = read_program(cursor, assignment->unit, &command);
        if (r > 0)
                r = read_arguments(cursor, assignment->unit, &command.arguments);
        if (r <= 0)
                return r;
        command.file = strdup(assignment->file);
        r = command.file ? add(ret, &command) : -ENOMEM;
        return r < 0 ? r : 1;
}

int exec_command_list_parse(const struct unit_assignment *assignment,
                            struct exec_command_list *ret) {
        const char *cursor = assignment->value;
        int r;

        if (!cursor[0]) {
                exec_command_list_clear(ret);
                return 0;
        }
        do
                r = read_command(&cursor, assignment, ret);
        while (r > 0);
        if (r == -E2BIG)
                log_warning(assignment->file, assignment->line,
                            "Too many words or commands, ignoring the rest.");
        return r == -ENOMEM ? r : 0;
}

void exec_command_list_clear(struct exec_command_list *list) {
        for (size_t i = 0; i < list->count; i++)
                exec_command_clear(&list->items[i]);
        free(list->items);
        *list = (struct exec_command_list){ 0 };
}
