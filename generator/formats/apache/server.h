/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The state of the server while its configuration is being read
 */

#include "formats/address-list.h"
#include "formats/apache/table.h"
#include "input/tree.h"
#include "log.h"

/*
 * Limits on what a configuration can cost. httpd has the first two (AP_MAX_INCLUDE_DEPTH in
 * server/core.c, AP_MAX_FNMATCH_DIR_DEPTH in server/util.c) and refuses the configuration.
 */
enum {
        INCLUDE_DEPTH_MAX = 128,      /* files that include files */
        DIRECTORY_DEPTH_MAX = 128,    /* directories within an included directory */
        MACRO_DEPTH_MAX = 128,        /* macros that use macros */
        EXPANSION_BUDGET = 128 << 20, /* bytes that variables and macros expand to, in all */
        EXPANSION_COST = 64,          /* bytes that each piece counts for besides its text, since an
                                         empty one takes time as well */
};

struct server {
        struct tree *tree;
        struct address_list *addresses; /* receives those of Listen */

        char *root;               /* ServerRoot: the directory of relative paths */
        struct table defines;     /* Define and -D, for <IfDefine> */
        struct table variables;   /* Define with a value; in any case, as apr_table_get() */
        struct table environment; /* of the process, for getenv(3) */
        struct table modules;     /* loaded: by identifier and by source file */
        struct table macros;
        unsigned version[3]; /* httpd's own; all 0 until it is read */

        const char *file; /* what is being read, for warnings */
        unsigned line;
        const char *container; /* "<VirtualHost" and the like around it, or NULL */

        unsigned include_depth;
        size_t expansion_left;
        bool stopped; /* a limit was reached and logged; nothing more is read */
};

void macro_free(void *data); /* macro.c */

#define SERVER_NULL(tree_, addresses_)                                                             \
        {                                                                                          \
                .tree = (tree_), .addresses = (addresses_), .defines = { 0 },                      \
                .variables = { .ignore_case = true, .free_value = free },                          \
                .environment = { .free_value = free }, .macros = { .free_value = macro_free },     \
                .expansion_left = EXPANSION_BUDGET                                                 \
        }

/**
 * server_clear() - free all but what it borrows; usable as CLEANUP(server_clear)
 */
void server_clear(struct server *server);

/**
 * server_warn() - a warning about the line that is being read
 */
#define server_warn(server, ...) log_warning((server)->file, (server)->line, __VA_ARGS__)

/**
 * server_stop() - read nothing more, since a limit was reached; the first reason is logged
 * @reason:     as printf(3), a literal; completes "nothing more is read: "
 */
#define server_stop(server, reason, ...)                                                           \
        do {                                                                                       \
                if (!(server)->stopped)                                                            \
                        server_warn((server), "nothing more is read: " reason, ##__VA_ARGS__);     \
                (server)->stopped = true;                                                          \
        } while (0)

/**
 * server_charge() - subtract a piece of expanded text from the budget; stops the reading if it is
 * used up
 * @bytes:      of text, to which EXPANSION_COST is added
 */
void server_charge(struct server *server, size_t bytes);

/**
 * server_stat() - tree_stat(); stops the reading if there were too many look-ups
 */
int server_stat(struct server *server, const char *path, struct stat *ret);

/**
 * server_root_relative() - the absolute path of a file name, as ap_server_root_relative()
 * @ret:        absolute, without "//", "/./" and "/../"; to be freed by the caller
 *
 * ".." removes the component before it, even if that is a symbolic link.
 *
 * Return: 0 or -ENOMEM.
 */
int server_root_relative(const struct server *server, const char *path, char **ret);
