/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * haproxy's process: what its files have said so far
 */

#include "formats/haproxy/proxy-listeners.h"
#include "formats/haproxy/truth.h"
#include "formats/haproxy/variable-store.h"

#include <stdbool.h>

enum section_type {
        SECTION_NONE, /* of the kinds that have no listeners */
        SECTION_GLOBAL,
        SECTION_DEFAULTS,
        SECTION_PROXY, /* frontend, backend, listen */
        SECTION_PEERS,
        SECTION_LOG_FORWARD,
};

/* The section that is being read. */
struct section {
        enum section_type type;
        char *name; /* ".SECTION" */
        enum truth is_disabled;
        enum truth has_local_peer; /* of SECTION_PEERS */
        struct listeners listeners;
};

/* A `defaults` section. */
struct defaults {
        char *name;
        enum truth is_disabled;
};

struct process {
        struct variables variables;
        struct section section;
        struct defaults *defaults; /* the last one is that of a section without `from` */
        size_t defaults_count;
        char *local_peer;               /* its name; NULL if that is not known */
        bool local_peer_is_fixed;       /* by the command line */
        enum truth is_master;           /* master and worker: only then there is a master socket */
        struct address_list *addresses; /* found; borrowed */
};

/* A line, and where it is. Borrowed. */
struct process_line {
        struct string_list words; /* at least one, which is not empty; then NULL */
        struct listener_place place;
};

/**
 * process_set_local_peer() - set the name that this machine has among its peers
 *
 * Return: 0, -ENOMEM, or -E2BIG as haproxy_variables_set().
 */
int process_set_local_peer(struct process *process, const char *name);

/**
 * process_interpret() - execute a line
 *
 * Return: 0; -EINVAL if haproxy does not accept it; -E2BIG as haproxy_variables_set(); -ENOMEM.
 */
int process_interpret(struct process *process, const struct process_line *line);

/**
 * process_end_section() - end the section that is being read, as the end of a file does
 *
 * Return: 0 or -ENOMEM.
 */
int process_end_section(struct process *process);

/**
 * process_clear() - free all
 */
void process_clear(struct process *process);
