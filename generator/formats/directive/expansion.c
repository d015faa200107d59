/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/expansion.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"
#include "formats/shell/environment.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACEHOLDER_MAX = 200 }; /* bytes */

/* More than anybody writes. Each lookup compares all of them. */
enum { MACROS_MAX = 1000 };

/* "{$NAME}" and "{$NAME:DEFAULT}" (replaceEnvVars() in caddyconfig/caddyfile/parse.go of Caddy),
 * and "{env.NAME}" (replacer.go). @p: at the '{'. Return: behind the '}', or NULL if it is anything
 * else, or not known. */
static const char *expand_placeholder(const struct string_list *environment, const char *p,
                                      FILE *out) {
        bool is_early = strncmp(p, "{$", strlen("{$")) == 0;
        const char *start = p + strlen(is_early ? "{$" : "{env."), *rest, *end;
        CLEANUP(freep) char *name = NULL;
        const char *value;
        size_t length;

        if (!is_early && strncmp(p, "{env.", strlen("{env.")) != 0)
                return NULL;
        length = environment_name_length(start);
        rest = end = start + length;
        if (length == 0 || (*rest != '}' && (*rest != ':' || !is_early)))
                return NULL;
        while (*end && *end != '}' && end < p + PLACEHOLDER_MAX)
                end++;
        if (*end != '}')
                return NULL;
        name = strndup(start, length);
        value = name ? environment_get(environment, name) : NULL;
        if (value)
                (void)fputs(value, out);
        else if (*rest == ':')
                (void)fwrite(rest + 1, 1, (size_t)(end - rest - 1), out);
        else
                return NULL;
        return end + 1;
}

/* "$NAME" and nothing else, if it is known. @p: at the '$'. Return: as expand_placeholder(). */
static const char *expand_known(const struct string_list *environment, const char *p, FILE *out) {
        size_t length = environment_name_length(p + 1);
        const char *value = length > 0 ? environment_get_n(environment, p + 1, length) : NULL;

        if (!value)
                return NULL;
        (void)fputs(value, out);
        return p + 1 + length;
}

/* "$__env{NAME}" (pkg/setting/expanders.go of Grafana). @p: at the '$'. Return: as
 * expand_placeholder(). */
static const char *expand_provided(const struct string_list *environment, const char *p,
                                   FILE *out) {
        static const char START[] = "$__env{";
        const char *name, *value;
        size_t length;

        if (strncmp(p, START, strlen(START)) != 0)
                return NULL;
        name = p + strlen(START);
        length = environment_name_length(name);
        value = length > 0 && name[length] == '}' ? environment_get_n(environment, name, length)
                                                  : NULL;
        if (!value)
                return NULL;
        (void)fputs(value, out);
        return name + length + 1;
}

typedef const char *expand_fn(const struct string_list *environment, const char *p, FILE *out);

/* @expand: what to do at each character @start; where it returns NULL the text is kept. Return: to
 * be freed by the caller, or NULL if out of memory. */
static char *expand_each(const struct string_list *environment, const char *text, char start,
                         expand_fn *expand) {
        CLEANUP(freep) char *result = NULL;
        CLEANUP(fclosep) FILE *out = NULL;
        size_t size;

        out = open_memstream(&result, &size);
        if (!out)
                return NULL;
        /* Beyond that it is not used; a text that names a long value many times would fill the
         * memory. */
        while (*text && ftell(out) <= EXPANSION_BUDGET) {
                const char *end = *text == start ? expand(environment, text, out) : NULL;

                if (!end)
                        (void)putc(*text, out);
                text = end ? end : text + 1;
        }
        return memstream_close(TAKE_POINTER(out), &result) == 0 ? TAKE_POINTER(result) : NULL;
}

static bool ends_word(char c) {
        return c == '\0' || strchr(LINE_WHITESPACE "\n=,;", c);
}

/* PHP joins what is side by side: "["${NAME}"]:9000" (zend_ini_parser.y, string_or_value). The
 * quotes there begin or end a part of a word, not the word. Return: to be freed by the caller, or
 * NULL if out of memory. */
static char *join_quoted_parts(const char *text) {
        char *result = malloc(strlen(text) + 1), *out = result;

        for (const char *p = text; result && *p; p++) {
                bool is_quote = *p == '"' || *p == '\'';
                bool ends_part = is_quote && p > text && !ends_word(p[-1]) && p[1] == '$';
                bool begins_part = is_quote && p > text && p[-1] == '}' && !ends_word(p[1]);

                if (!ends_part && !begins_part)
                        *out++ = *p;
        }
        if (result)
                *out = '\0';
        return result;
}

static char *expand_variables(const struct string_list *environment, const char *text) {
        CLEANUP(freep) char *joined = strstr(text, "${") ? join_quoted_parts(text) : strdup(text);

        return joined ? environment_expand(joined, environment) : NULL;
}

int expansion_apply(struct expansion *expansion, const char *text, char **ret) {
        CLEANUP(freep) char *expanded = NULL;

        if (strstr(text, "{$") || strstr(text, "{env."))
                expanded = expand_each(&expansion->environment, text, '{', expand_placeholder);
        else if (strstr(text, "$__"))
                expanded = expand_each(&expansion->environment, text, '$', expand_provided);
        else if (expansion->environment.count == 0)
                expanded = strdup(text);
        else if (expansion->keeps_unknown)
                expanded = expand_each(&expansion->environment, text, '$', expand_known);
        else
                expanded = expand_variables(&expansion->environment, text);
        if (!expanded)
                return -ENOMEM;
        expansion->spent += strlen(expanded);
        if (expansion->spent > EXPANSION_BUDGET)
                return -EDQUOT;
        *ret = TAKE_POINTER(expanded);
        return 0;
}

int expansion_assign(struct expansion *expansion, const char *assignment) {
        if (expansion->environment.count >= MACROS_MAX)
                return 0;
        return environment_set(&expansion->environment, assignment);
}

void expansion_clear(struct expansion *expansion) {
        string_list_clear(&expansion->environment);
        *expansion = (struct expansion){ 0 };
}
