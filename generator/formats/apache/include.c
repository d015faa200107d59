/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/include.h"

#include "common/cleanup.h"
#include "formats/apache/interpreter.h"

#include <fnmatch.h>
#include <string.h>

#define LINK_BACK "directories too deep; does a link lead back?"

/* One Include or IncludeOptional. */
struct request {
        struct server *server;
        bool optional;
        unsigned depth; /* in directories that are included whole */
};

/* As apr_fnmatch_test() in strings/apr_fnmatch.c of APR: '[' needs its ']'. */
static bool has_wildcard(const char *text) {
        bool bracket = false;

        for (; *text; text++) {
                if (*text == '?' || *text == '*' || (*text == ']' && bracket))
                        return true;
                if (*text == '[')
                        bracket = true;
                else if (*text == '\\' && *++text == '\0')
                        return false;
        }
        return false;
}

/* Return: 1; 0 if the directory cannot be listed, which was logged; or -ENOMEM. */
static int list(const struct request *request, const char *path, struct string_list *ret) {
        struct server *server = request->server;
        int r;

        r = tree_list(server->tree, path, ret);
        if (r == -ENOMEM)
                return r;
        if (r == -EDQUOT)
                server_stop(server, "%s", tree_strerror(r));
        else if (r < 0 && (r != -ENOENT || !request->optional))
                server_warn(server, "cannot read directory %s: %s", path, tree_strerror(r));
        if (r == -ENOENT && !request->optional)
                missing_file_record(&server->tree->missing, server->file, server->line, path);
        return r >= 0;
}

static int join(const char *directory, const char *name, char **ret) {
        bool slash = directory[strlen(directory) - 1] == '/';

        return asprintf(ret, "%s%s%s", directory, slash ? "" : "/", name) < 0 ? -ENOMEM : 0;
}

static int include_file(const struct request *request, const char *path) {
        struct server *server = request->server;
        int r;

        if (server->include_depth >= INCLUDE_DEPTH_MAX) {
                server_stop(server, "files include each other %d deep; does one include itself?",
                            INCLUDE_DEPTH_MAX);
                return 0;
        }
        server->include_depth++;
        r = interpret_file(server, path);
        server->include_depth--;
        if (r == -EDQUOT)
                server_stop(server, "%s", tree_strerror(r));
        else if (r < 0 && r != -ENOMEM)
                server_warn(server, "cannot read %s: %s", path, tree_strerror(r));
        if (r == -ENOENT)
                missing_file_record(&server->tree->missing, server->file, server->line, path);
        return r == -ENOMEM ? r : 0;
}

static int include_path(struct request *request, const char *path);

static int include_directory(struct request *request, const char *path) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r;

        if (request->depth >= DIRECTORY_DEPTH_MAX) {
                server_stop(request->server, LINK_BACK);
                return 0;
        }
        r = list(request, path, &names);
        if (r <= 0)
                return r;
        request->depth++;
        for (size_t i = 0; r >= 0 && i < names.count && !request->server->stopped; i++) {
                CLEANUP(freep) char *name = NULL;

                r = join(path, names.items[i], &name);
                if (r >= 0)
                        r = include_path(request, name);
        }
        request->depth--;
        return r < 0 ? r : 0;
}

static int include_path(struct request *request, const char *path) {
        struct stat st;
        int r;

        r = server_stat(request->server, path, &st);
        if (r == -ELOOP) { /* the kernel's limit is lower than httpd's */
                server_stop(request->server, LINK_BACK);
                return 0;
        }
        if (request->server->stopped || (r < 0 && request->optional))
                return 0;
        if (r >= 0 && S_ISDIR(st.st_mode))
                return include_directory(request, path);
        return include_file(request, path);
}

/* A directory of its own: httpd does not follow links in the middle of a pattern. */
static bool is_directory(struct server *server, const char *path) {
        CLEANUP(freep) char *target = NULL;
        struct stat st;

        return tree_readlink(server->tree, path, &target) == -EINVAL &&
               server_stat(server, path, &st) >= 0 && S_ISDIR(st.st_mode);
}

static int include_below(struct request *request, const char *directory, const char *pattern);

/* APR's patterns have no classes ("[[:digit:]]"): '[' in brackets is a character, which is what a
 * backslash makes of it for fnmatch(3). Return: the pattern, or NULL if out of memory. */
static char *hide_classes(const char *component) {
        char *pattern = malloc(2 * strlen(component) + 1);
        const char *open = NULL; /* where the brackets' content begins */
        char *to = pattern;

        if (!pattern)
                return NULL;
        for (const char *p = component; *p; p++) {
                if (open && *p == '[')
                        *to++ = '\\';
                else if (open && *p == ']' && p > open)
                        open = NULL;
                else if (!open && *p == '[')
                        open = p + 1 + (p[1] == '!' || p[1] == '^');
                *to++ = *p;
                if (*p == '\\' && p[1])
                        *to++ = *++p;
        }
        *to = '\0';
        return pattern;
}

/* @rest: what follows @component in the pattern; NULL if it is the last one. */
static int include_component(struct request *request, const char *directory, const char *component,
                             const char *rest) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        CLEANUP(freep) char *pattern = hide_classes(component);
        bool matched = false;
        int r;

        if (!pattern)
                return -ENOMEM;
        r = list(request, directory, &names);
        if (r <= 0)
                return r;
        for (size_t i = 0; r >= 0 && i < names.count && !request->server->stopped; i++) {
                CLEANUP(freep) char *path = NULL;

                if (fnmatch(pattern, names.items[i], FNM_PERIOD) != 0)
                        continue;
                r = join(directory, names.items[i], &path);
                if (r < 0)
                        return r;
                if (rest && !is_directory(request->server, path))
                        continue;
                matched = true;
                r = rest ? include_below(request, path, rest) : include_path(request, path);
        }
        if (r >= 0 && !matched && !request->optional)
                server_warn(request->server, "nothing in %s matches \"%s\".", directory, component);
        return r < 0 ? r : 0;
}

static int include_below(struct request *request, const char *directory, const char *pattern) {
        const char *end = strchrnul(pattern, '/');
        const char *rest = *end ? end + 1 : NULL;
        CLEANUP(freep) char *component = NULL;
        CLEANUP(freep) char *path = NULL;
        int r;

        component = strndup(pattern, (size_t)(end - pattern));
        if (!component)
                return -ENOMEM;
        if (has_wildcard(component))
                return include_component(request, directory, component, rest);

        r = join(directory, component, &path);
        if (r < 0)
                return r;
        return rest ? include_below(request, path, rest) : include_path(request, path);
}

int include_matching(struct server *server, const char *name, bool optional) {
        struct request request = { .server = server, .optional = optional };
        CLEANUP(freep) char *path = NULL;
        int r;

        r = server_root_relative(server, name, &path);
        if (r < 0)
                return r;
        if (!has_wildcard(path))
                return include_path(&request, path);
        return include_below(&request, "/", path + 1);
}
