/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reads lighttpd.conf (src/configparser.y and config_tokenizer() in src/configfile.c of lighttpd
 * 1.4.69 to 1.4.79)
 */

#include "common/string-list.h"
#include "formats/address-list.h"
#include "formats/included-files.h"
#include "formats/lighttpd/block-variables.h"
#include "formats/scanner.h"

/* $SERVER["socket"] == "…" */
struct server_socket {
        size_t block;
        struct value value;
        char *file;
        unsigned line;
        char *text; /* the line, to be shown */
};

struct parser {
        const struct string_list *environment; /* for env.NAME; may be NULL */
        const char *config;                    /* the first file; relative paths start beside it */
        struct variables variables;
        struct server_socket *sockets;
        size_t socket_count;
        struct server_socket bind;    /* where server.bind was assigned last, without value */
        struct address_list *unknown; /* receives what cannot be known */
        size_t block;                 /* the present one */
        unsigned printed;             /* texts that commands have printed */
};

/* What is being read of one file. */
struct parsed_file {
        struct parser *parser;
        struct included_files *files;
        const char *path;
        struct scanner scanner;
        struct token token; /* the present one */
        unsigned depth;     /* of blocks */
};

/**
 * parser_read_file() - parse one file; an included_files_read_fn whose data is a struct parser
 */
int parser_read_file(struct included_files *files, const char *path, char *content);

/**
 * parser_read_text() - parse what a command prints in place of its line
 * @file:       that runs it
 * @line:       of the command; the one of whatever is found
 *
 * Return: 0; -E2BIG if there are too many; -ENOMEM.
 */
int parser_read_text(const struct parsed_file *file, unsigned line, const char *text);

/**
 * parser_clear() - free all
 */
void parser_clear(struct parser *parser);
