/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * "group @NAME LABEL { ... }" of Dovecot 2.4, whose lines are defaults of the blocks that have
 * "@NAME = LABEL"
 */

#include "formats/dovecot/dovecot-lines.h"
#include "formats/dovecot/dovecot-sections.h"

struct dovecot_groups {
        struct dovecot_group {
                char *name, *label;
        } * items; /* in the order of their first blocks */
        size_t count;
        struct dovecot_group_line {
                size_t group;
                struct dovecot_line line; /* owned */
                char *file;
                unsigned number;
                char *text; /* to be shown */
        } * lines;
        size_t line_count;
        struct dovecot_group_use {
                struct dovecot_section section;
                char *name, *label;
        } * uses;
        size_t use_count;
        size_t open;     /* the group whose block is being read */
        unsigned depth;  /* of that block; 0: none is */
        bool has_warned; /* that there are too many lines or uses */
};

/**
 * dovecot_groups_read() - read a line of a group, or the beginning of one
 * @section:    that the line is in
 * @text:       of the line
 *
 * Return: 1 if it is one; 0 if it is not; -ENOMEM.
 */
int dovecot_groups_read(struct dovecot_groups *groups, struct dovecot_section section,
                        const struct dovecot_line *line, const char *file, unsigned number,
                        const char *text);

/**
 * dovecot_groups_use() - remember that a block has "@NAME = LABEL"; the last one of a name counts
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_groups_use(struct dovecot_groups *groups, struct dovecot_section section,
                       const char *name, const char *label, const char *file, unsigned number);

/**
 * dovecot_groups_has() - whether a group is used so
 */
bool dovecot_groups_has(const struct dovecot_group *group, const struct dovecot_group_use *use);

/**
 * dovecot_groups_clear() - free all
 */
void dovecot_groups_clear(struct dovecot_groups *groups);
