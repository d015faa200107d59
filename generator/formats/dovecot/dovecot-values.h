/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Values in dovecot.conf: $name and $ENV:NAME of 2.3, $SET:name and $ENV:NAME of 2.4, and files
 *
 * "%{…}" of 2.4 is no variable to the master process, which binds.
 */

#include "formats/dovecot/dovecot-lines.h"
#include "formats/dovecot/dovecot-settings.h"
#include "input/tree.h"

struct dovecot_values {
        struct tree *tree;
        const struct string_list *environment; /* may be NULL */
        const struct dovecot_settings *settings;
        bool is_2_4;
};

/**
 * dovecot_value_expand() - the value of a line
 * @file:       that the line is in
 * @ret:        to be freed by the caller
 *
 * Return: 0; -EINVAL if it cannot be known; -ENOMEM.
 */
int dovecot_value_expand(const struct dovecot_values *values, const struct dovecot_line *line,
                         const char *file, char **ret);
