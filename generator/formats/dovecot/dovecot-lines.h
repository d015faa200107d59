/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The lines of dovecot.conf: config_parse_line() in config/config-parser.c of Dovecot, which is the
 * same in 2.3 and 2.4
 */

enum dovecot_line_type {
        DOVECOT_LINE_OTHER,       /* nothing, or an error, which Dovecot does not start with */
        DOVECOT_LINE_CONTINUED,   /* the next line belongs to it */
        DOVECOT_LINE_VALUE,       /* key = value */
        DOVECOT_LINE_VARIABLES,   /* key = value with '$' */
        DOVECOT_LINE_FILE,        /* key = <path */
        DOVECOT_LINE_BEGIN,       /* key { or key name {, also of "group @NAME label {" */
        DOVECOT_LINE_END,         /* } */
        DOVECOT_LINE_INCLUDE,     /* !include path */
        DOVECOT_LINE_INCLUDE_TRY, /* !include_try path */
};

struct dovecot_line {
        enum dovecot_line_type type;
        const char *key;
        const char *value; /* "" if there is none */
        const char *group; /* of "group @NAME label {", the NAME; else NULL */
};

/**
 * dovecot_line_parse() - parse a line
 * @line:       changed; without its newline
 * @before:     what was continued; NULL if nothing was. Owned by the caller, changed by the call
 * @ret:        borrows from @line and @before
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_line_parse(char *line, char **before, struct dovecot_line *ret);
