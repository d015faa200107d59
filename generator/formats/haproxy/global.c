/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * cfg_parse_global() in haproxy's src/cfgparse-global.c, as far as listeners depend on it
 */

#include "formats/haproxy/global.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *word(const struct process_line *line, size_t i) {
        return i < line->words.count ? line->words.items[i] : "";
}

/* Where it is not known whether the line takes effect, neither is the variable. */
static int set(struct process *process, const struct process_line *line) {
        const char *name = word(line, 1), *value = word(line, 2);

        if (!*name || strchr(name, '=') || !*value)
                return -EINVAL;
        if (strcmp(word(line, 0), "presetenv") == 0 &&
            haproxy_variables_get(&process->variables, name))
                return 0;
        return haproxy_variables_set(&process->variables, name,
                                     line->place.holds == TRUTH_YES ? value : VARIABLE_UNKNOWN);
}

static int unset_one(struct process *process, const struct process_line *line, const char *name) {
        if (line->place.holds != TRUTH_YES)
                return haproxy_variables_set(&process->variables, name, VARIABLE_UNKNOWN);
        haproxy_variables_unset(&process->variables, name);
        return 0;
}

static int unset(struct process *process, const struct process_line *line) {
        int r = 0;

        for (size_t i = 1; r >= 0 && i < line->words.count; i++)
                r = unset_one(process, line, line->words.items[i]);
        return r;
}

static bool is_kept(const struct process_line *line, const char *entry, size_t length) {
        for (size_t i = 1; i < line->words.count; i++)
                if (strlen(line->words.items[i]) == length &&
                    strncmp(line->words.items[i], entry, length) == 0)
                        return true;
        return false;
}

static int reset(struct process *process, const struct process_line *line) {
        const struct string_list *list = &process->variables.list;
        struct string_list names = { 0 };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < list->count; i++) {
                size_t length = strcspn(list->items[i], "=");

                if (!is_kept(line, list->items[i], length))
                        r = string_list_take(&names, strndup(list->items[i], length));
        }
        for (size_t i = 0; r >= 0 && i < names.count; i++)
                r = unset_one(process, line, names.items[i]);
        string_list_clear(&names);
        return r;
}

static int set_local_peer(struct process *process, const struct process_line *line) {
        if (process->local_peer_is_fixed)
                return 0;
        if (line->place.holds == TRUTH_YES)
                return process_set_local_peer(process, word(line, 1));
        free(process->local_peer);
        process->local_peer = NULL;
        return haproxy_variables_set(&process->variables, "HAPROXY_LOCALPEER", VARIABLE_UNKNOWN);
}

static int add_stats(struct process *process, const struct process_line *line) {
        if (strcmp(word(line, 1), "socket") != 0 || !*word(line, 2))
                return 0;
        return haproxy_listeners_add(&process->section.listeners, &line->place, word(line, 2),
                                     &line->words.items[3], &process->variables);
}

static int set_master(struct process *process, const struct process_line *line) {
        process->is_master = truth_or(process->is_master, line->place.holds);
        return 0;
}

int global_interpret(struct process *process, const struct process_line *line) {
        static const struct {
                const char *name;
                int (*interpret)(struct process *process, const struct process_line *line);
        } KEYWORDS[] = {
                { "localpeer", set_local_peer },
                { "master-worker", set_master },
                { "presetenv", set },
                { "resetenv", reset },
                { "setenv", set },
                { "stats", add_stats },
                { "unsetenv", unset },
        };

        for (size_t i = 0; i < sizeof(KEYWORDS) / sizeof(KEYWORDS[0]); i++)
                if (strcmp(KEYWORDS[i].name, word(line, 0)) == 0)
                        return KEYWORDS[i].interpret(process, line);
        return 0;
}
