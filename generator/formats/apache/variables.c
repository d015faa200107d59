/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/variables.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "formats/apache/words.h"

#include <string.h>

/* @ret: receives the value, or NULL. Return: 0 or -ENOMEM. */
static int look_up(const struct server *server, const char *start, size_t length,
                   const char **ret) {
        CLEANUP(freep) char *name = strndup(start, length);
        void *value = NULL;

        if (!name)
                return -ENOMEM;
        if (!table_find(&server->variables, name, &value))
                (void)table_find(&server->environment, name, &value);
        *ret = value;
        return 0;
}

/* Finds the next ${…}. Return: whether there is one. */
static bool find_reference(const char *text, const char **ret_start, const char **ret_end) {
        const char *start = strstr(text, "${");
        const char *end = start ? strchr(start, '}') : NULL;

        *ret_start = start;
        *ret_end = end;
        return end;
}

int variables_expand(struct server *server, const char *text, char **ret) {
        CLEANUP(freep) char *expanded = NULL;
        const char *start, *end;
        CLEANUP(fclosep) FILE *out = NULL;
        size_t size;

        if (!find_reference(text, &start, &end)) {
                *ret = strdup(text);
                return *ret ? 0 : -ENOMEM;
        }

        out = open_memstream(&expanded, &size);
        if (!out)
                return -ENOMEM;
        for (; find_reference(text, &start, &end); text = end + 1) {
                const char *value;

                if (look_up(server, start + 2, (size_t)(end - start - 2), &value) < 0)
                        return -ENOMEM;
                (void)fwrite(text, 1, (size_t)(start - text), out);
                if (value) {
                        server_charge(server, strlen(value));
                        if (server->stopped)
                                break;
                        (void)fputs(value, out);
                } else {
                        (void)fwrite(start, 1, (size_t)(end + 1 - start), out);
                }
        }
        (void)fputs(text, out);
        if (memstream_close(TAKE_POINTER(out), &expanded) < 0)
                return -ENOMEM;
        *ret = TAKE_POINTER(expanded);
        return 0;
}

/* A colon would be a RewriteMap's (mod_rewrite) or an expression's function. */
static bool is_name(struct server *server, const char *directive, const char *name) {
        if (name[0] != '\0' && !strchr(name, ':'))
                return true;
        server_warn(server, "%s: \"%s\" is no name for a variable; line ignored.", directive, name);
        return false;
}

int variables_define(struct server *server, char *arguments) {
        const char *name = next_word(&arguments);
        const char *value = next_word(&arguments);
        char *copy;

        if (*arguments) {
                server_warn(server, "Define takes one or two arguments; line ignored.");
                return 0;
        }
        if (!is_name(server, "Define", name))
                return 0;
        if (table_set(&server->defines, name, NULL) < 0)
                return -ENOMEM;
        if (value[0] == '\0') /* to httpd "" is no value */
                return 0;
        copy = strdup(value);
        return copy ? table_set(&server->variables, name, copy) : -ENOMEM;
}

int variables_undefine(struct server *server, char *arguments) {
        const char *name = next_word(&arguments);

        if (*arguments) {
                server_warn(server, "UnDefine takes one argument; line ignored.");
                return 0;
        }
        if (!is_name(server, "UnDefine", name))
                return 0;
        table_remove(&server->defines, name);
        table_remove(&server->variables, name);
        return 0;
}
