/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Groups of settings in Dovecot 2.4: "group @NAME LABEL { ... }", used by "@NAME = LABEL"
 *
 * Their settings are not read, since each is weaker than any other one of the block where the group
 * is used (config_parse_finish_includes() in config/config-parser.c). Those that decide what is
 * bound are kept, and become unknown addresses if the group is used in a block that has listeners.
 */

#include "formats/address-list.h"
#include "formats/dovecot/dovecot-lines.h"

#include "common/string-list.h"

struct dovecot_group_setting {
        char *group; /* "@NAME LABEL" */
        char *file;
        unsigned line;
        char *text;
};

struct dovecot_groups {
        char *open;   /* the group that is being read, or NULL */
        size_t depth; /* of the block around it */
        struct string_list used;
        struct dovecot_group_setting *settings;
        size_t count;
};

/**
 * dovecot_groups_begin() - a block begins
 * @depth:      of the block around it
 * @text:       the line, to be shown
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_groups_begin(struct dovecot_groups *groups, size_t depth,
                         const struct dovecot_line *line, const char *file, unsigned number,
                         const char *text);

/**
 * dovecot_groups_end() - a block ends
 * @depth:      of the block around it
 */
void dovecot_groups_end(struct dovecot_groups *groups, size_t depth);

/**
 * dovecot_groups_read() - a setting is read
 * @has_listeners: whether its block may have listeners
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_groups_read(struct dovecot_groups *groups, bool has_listeners,
                        const struct dovecot_line *line, const char *file, unsigned number,
                        const char *text);

/**
 * dovecot_groups_add_unknown() - add the settings of the groups that are used
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_groups_add_unknown(const struct dovecot_groups *groups, struct address_list *ret);

/**
 * dovecot_groups_clear() - free all
 */
void dovecot_groups_clear(struct dovecot_groups *groups);
