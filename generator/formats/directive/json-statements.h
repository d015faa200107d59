/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Splits JSON into the statements of Format=directive, for Statements=json
 *
 * A member is a statement: its name, then its value or the values of its list. A member that is an
 * object is a block; of a list of objects each is one. Comments are those of Kea, which reads JSON
 * with '#', "//" and those of C, and with "<?include "FILE"?>" anywhere
 * (https://kea.readthedocs.io/en/kea-2.2.0/arm/config.html#json-syntax). What is in a file that is
 * included belongs to the block around it; a value there that has no name has VALUES_KEYWORD.
 */

#include "formats/directive/statements.h"

/* Of values outside of all members, as in a file that a list includes. */
#define VALUES_KEYWORD "values"

/* Deeper than any daemon's configuration. */
enum { JSON_DEPTH_MAX = 64 };

struct json_statements {
        const char *position;
        const char *end; /* of the text */
        unsigned line;
        char *buffer; /* longer than the text; holds one statement at a time */
        size_t length;
        struct json_level {
                char closing;     /* '}' or ']'; '>' for the value that a file has */
                const char *name; /* borrowed from the text; NULL: a block without a name */
                size_t name_length;
        } levels[JSON_DEPTH_MAX]; /* objects and lists that are open */
        unsigned depth;           /* how many they are */
        bool is_malformed;        /* nothing behind this line is read */
};

/**
 * json_statements_init() - start
 * @json:       json_statements_clear() it
 * @text:       NUL-terminated; borrowed
 *
 * Return: 0 or -ENOMEM.
 */
int json_statements_init(struct json_statements *json, const char *text);

/**
 * json_statements_next() - cut off the next statement
 * @ret:        names are without quotation marks, unless they have characters that names of
 *              settings do not have; values keep theirs. Of an include the keyword is "<?include".
 *              Valid until the next call
 *
 * Return: whether there is one. If not, is_malformed says why.
 */
bool json_statements_next(struct json_statements *json, struct statement *ret);

/**
 * json_statements_clear() - free all
 */
void json_statements_clear(struct json_statements *json);
