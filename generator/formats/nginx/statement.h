/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Splits the text of an nginx configuration into statements
 *
 * The rules are those of ngx_conf_read_token() in nginx's src/core/ngx_conf_file.c. They differ
 * from what formats/scanner.h describes: a quote counts only where a word begins, and a backslash
 * stays before most bytes.
 */

#include "common/string-list.h"

enum statement_type {
        STATEMENT_END,       /* of the text, or of what nginx accepts */
        STATEMENT_SIMPLE,    /* "WORD...;" */
        STATEMENT_BLOCK,     /* "WORD... {" */
        STATEMENT_BLOCK_END, /* "}" */
};

struct statement {
        enum statement_type type;
        struct string_list words; /* without quotes */
        unsigned line;            /* where the first word begins, 1-based */
        const char *start;        /* its first byte in the text */
        const char *end;          /* behind its last byte */
};

struct statement_reader {
        const char *position; /* what is read next; NUL-terminated, borrowed */
        unsigned line;
};

/**
 * statement_next() - read the next statement
 * @ret:        its words are replaced; statement_clear() it
 *
 * Return: 1; 0 at STATEMENT_END; -ENOMEM.
 */
int statement_next(struct statement_reader *reader, struct statement *ret);

/**
 * statement_skip_lua() - continue behind a block of Lua code
 * @reader:     behind the '{'
 *
 * It ends with the '}' that Lua's own rules for strings and comments leave for it
 * (ngx_http_lua_conf_lua_block_parse() in lua-nginx-module's src/ngx_http_lua_conf.c).
 */
void statement_skip_lua(struct statement_reader *reader);

/**
 * statement_clear() - free all
 */
void statement_clear(struct statement *statement);
