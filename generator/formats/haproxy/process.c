/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/haproxy/process.h"

#include "common/array.h"
#include "formats/haproxy/global.h"

#include <string.h>

/* REGISTER_CONFIG_SECTION() and cfg_register_section() in haproxy's src/ */
static const struct {
        const char *name;
        enum section_type type;
} SECTIONS[] = {
        { "acme", SECTION_NONE },
        { "backend", SECTION_PROXY },
        { "cache", SECTION_NONE },
        { "crt-store", SECTION_NONE },
        { "defaults", SECTION_DEFAULTS },
        { "fcgi-app", SECTION_NONE },
        { "frontend", SECTION_PROXY },
        { "global", SECTION_GLOBAL },
        { "http-errors", SECTION_NONE },
        { "listen", SECTION_PROXY },
        { "log-forward", SECTION_LOG_FORWARD },
        { "log-profile", SECTION_NONE },
        { "mailers", SECTION_NONE },
        { "namespace_list", SECTION_NONE },
        { "peers", SECTION_PEERS },
        { "program", SECTION_NONE },
        { "resolvers", SECTION_NONE },
        { "ring", SECTION_NONE },
        { "traces", SECTION_NONE },
        { "userlist", SECTION_NONE },
};

static const char *word(const struct process_line *line, size_t i) {
        return i < line->words.count ? line->words.items[i] : "";
}

int process_set_local_peer(struct process *process, const char *name) {
        char *copy = strdup(name);

        if (!copy)
                return -ENOMEM;
        free(process->local_peer);
        process->local_peer = copy;
        return haproxy_variables_set(&process->variables, "HAPROXY_LOCALPEER", name);
}

int process_end_section(struct process *process) {
        struct section *section = &process->section;
        enum truth counts = truth_not(section->is_disabled);
        int r;

        /* check_config_validity() in src/cfgparse.c removes one without this machine. */
        if (section->type == SECTION_PEERS)
                counts = truth_and(counts, section->has_local_peer);
        if (section->type == SECTION_DEFAULTS && process->defaults_count > 0)
                process->defaults[process->defaults_count - 1].is_disabled = section->is_disabled;
        r = haproxy_listeners_end(&section->listeners, counts, process->addresses);
        free(section->name);
        section->name = NULL;
        section->type = SECTION_NONE;
        section->is_disabled = TRUTH_NO;
        section->has_local_peer = TRUTH_NO;
        return r;
}

/* The one of that name, or with NULL the last one. Return: whether it is disabled. */
static enum truth find_defaults(const struct process *process, const char *name) {
        for (size_t i = process->defaults_count; i > 0; i--)
                if (!name || strcmp(process->defaults[i - 1].name, name) == 0)
                        return process->defaults[i - 1].is_disabled;
        return TRUTH_NO;
}

/* "defaults [NAME] [from OTHER]", "frontend NAME [from OTHER]" (cfg_parse_listen() in
 * src/cfgparse-listen.c) */
static int begin_proxy(struct process *process, const struct process_line *line) {
        struct section *section = &process->section;
        bool is_unnamed = section->type == SECTION_DEFAULTS && strcmp(word(line, 1), "from") == 0 &&
                          *word(line, 2) && !*word(line, 3);
        size_t from = is_unnamed ? 1 : 2;
        const char *other = strcmp(word(line, from), "from") == 0 ? word(line, from + 1) : NULL;

        if (other || section->type == SECTION_PROXY)
                section->is_disabled = find_defaults(process, other);
        if (section->type != SECTION_DEFAULTS)
                return 0;
        if (array_make_room(process->defaults, process->defaults_count) < 0)
                return -ENOMEM;
        process->defaults[process->defaults_count] = (struct defaults){
                .name = strdup(is_unnamed ? "" : word(line, 1)),
                .is_disabled = section->is_disabled,
        };
        return process->defaults[process->defaults_count++].name ? 0 : -ENOMEM;
}

static int begin_section(struct process *process, const struct process_line *line,
                         enum section_type type) {
        int r = process_end_section(process);

        if (r < 0)
                return r;
        process->section.type = type;
        process->section.name = strdup(*word(line, 1) ? word(line, 1) : word(line, 0));
        if (!process->section.name)
                return -ENOMEM;
        return type == SECTION_PROXY || type == SECTION_DEFAULTS ? begin_proxy(process, line) : 0;
}

static int add_listener(struct process *process, const struct process_line *line, size_t address) {
        if (address >= line->words.count)
                return 0;
        return haproxy_listeners_add(&process->section.listeners, &line->place,
                                     line->words.items[address], &line->words.items[address + 1],
                                     &process->variables);
}

/* "peer NAME ADDRESS" and "server NAME [ADDRESS]" (cfg_parse_peers() in src/cfgparse.c): the one of
 * this machine is a listener, if it is a `peer`; a `server` comes with a `bind`. */
static int interpret_peer(struct process *process, const struct process_line *line) {
        enum truth is_local = TRUTH_MAYBE;
        struct process_line copy = *line;

        if (process->local_peer)
                is_local = strcmp(word(line, 1), process->local_peer) == 0 ? TRUTH_YES : TRUTH_NO;
        copy.place.holds = truth_and(line->place.holds, is_local);
        process->section.has_local_peer =
                truth_or(process->section.has_local_peer, copy.place.holds);
        if (copy.place.holds == TRUTH_NO || strcmp(word(line, 0), "peer") != 0)
                return 0;
        return add_listener(process, &copy, 2);
}

static enum truth choose(enum truth old, enum truth new, enum truth holds) {
        return holds == TRUTH_YES || old == new ? new : TRUTH_MAYBE;
}

static int interpret_section(struct process *process, const struct process_line *line) {
        struct section *section = &process->section;
        const char *name = word(line, 0);

        if (section->type == SECTION_GLOBAL)
                return global_interpret(process, line);
        if (section->type == SECTION_NONE)
                return 0;
        if (strcmp(name, "disabled") == 0)
                section->is_disabled = choose(section->is_disabled, TRUTH_YES, line->place.holds);
        else if (strcmp(name, "enabled") == 0)
                section->is_disabled = choose(section->is_disabled, TRUTH_NO, line->place.holds);
        else if (section->type == SECTION_PEERS &&
                 (strcmp(name, "peer") == 0 || strcmp(name, "server") == 0))
                return interpret_peer(process, line);
        else if (section->type != SECTION_DEFAULTS &&
                 (strcmp(name, "bind") == 0 ||
                  (section->type == SECTION_LOG_FORWARD && strcmp(name, "dgram-bind") == 0)))
                return add_listener(process, line, 1);
        return 0;
}

int process_interpret(struct process *process, const struct process_line *line) {
        for (size_t i = 0; i < sizeof(SECTIONS) / sizeof(SECTIONS[0]); i++)
                if (strcmp(SECTIONS[i].name, word(line, 0)) == 0)
                        return begin_section(process, line, SECTIONS[i].type);
        return interpret_section(process, line);
}

void process_clear(struct process *process) {
        for (size_t i = 0; i < process->defaults_count; i++)
                free(process->defaults[i].name);
        free(process->defaults);
        free(process->local_peer);
        free(process->section.name);
        haproxy_listeners_clear(&process->section.listeners);
        haproxy_variables_clear(&process->variables);
}
