/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "environment.h"

#include "cleanup.h"
#include "log.h"

#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
#define BLANKS  " \t\r"

static size_t name_length(const char *text) {
        return text[0] && strchr(LETTERS, text[0]) ? strspn(text, LETTERS "0123456789") : 0;
}

const char *environment_get(const struct string_list *environment, const char *name) {
        size_t length = strlen(name);

        for (size_t i = environment->count; i > 0; i--) {
                const char *entry = environment->items[i - 1];

                if (strncmp(entry, name, length) == 0 && entry[length] == '=')
                        return entry + length + 1;
        }
        return NULL;
}

/* @text: behind a '$'. Return: how many bytes of it name the variable whose value was written to
 * @out; -EINVAL for other substitutions; -ENOMEM. */
static ssize_t expand(const char *text, const struct string_list *environment, FILE *out) {
        bool braces = text[0] == '{';
        size_t length = name_length(text + braces);
        CLEANUP(freep) char *name = NULL;
        const char *value;

        if (length == 0 && !braces && text[0] != '(')
                return putc('$', out) == EOF ? -ENOMEM : 0;
        if (length == 0 || (braces && text[1 + length] != '}'))
                return -EINVAL;

        name = strndup(text + braces, length);
        if (!name)
                return -ENOMEM;
        value = environment_get(environment, name);
        if (value && fputs(value, out) == EOF)
                return -ENOMEM;
        return (ssize_t)(length + (braces ? 2 : 0));
}

static bool ends_value(const char *text, char quote, bool after_blank) {
        if (*text == '\0')
                return true;
        if (quote)
                return false;
        return strchr("\n;&|", *text) || (*text == '#' && after_blank);
}

/* @p: a backslash. Return: the byte it protects, which is the last that was read. */
static const char *read_escape(const char *p, char quote, FILE *out) {
        p++;
        if (quote && !strchr("\"\\$`\n", *p))
                (void)putc('\\', out);
        if (*p != '\n')
                (void)putc(*p, out);
        return p;
}

/* Reads a value up to its end, where *cursor is left. Return: 0, -EINVAL if it cannot be known,
 * -ENOMEM. */
static int read_value(const char **cursor, const struct string_list *environment, FILE *out) {
        const char *p = *cursor;
        char quote = '\0';
        ssize_t n;
        int r = 0;

        for (; !ends_value(p, quote, p == *cursor || strchr(BLANKS, p[-1])); p++) {
                bool expands = quote != '\'';

                if (quote ? *p == quote : strchr("'\"", *p) != NULL) {
                        quote = (char)(quote ^ *p);
                } else if (expands && *p == '\\' && p[1]) {
                        p = read_escape(p, quote, out);
                } else if (expands && *p == '$') {
                        n = expand(p + 1, environment, out);
                        p += n > 0 ? n : 0;
                        r = n < 0 ? (int)n : r;
                } else if (expands && *p == '`') {
                        r = -EINVAL;
                } else {
                        (void)putc(*p, out);
                }
        }
        *cursor = p;
        return ferror(out) ? -ENOMEM : r;
}

static void trim_end(char *text) {
        size_t length = strlen(text);

        while (length > 0 && strchr(BLANKS, text[length - 1]))
                text[--length] = '\0';
}

char *environment_expand(const char *text, const struct string_list *environment) {
        CLEANUP(freep) char *result = NULL;
        size_t size;
        FILE *out = open_memstream(&result, &size);

        if (!out)
                return NULL;
        for (const char *p = text; *p; p++) {
                ssize_t n = *p == '$' ? expand(p + 1, environment, out) : -EINVAL;

                if (n > 0)
                        p += n;
                else if (n < 0)
                        (void)putc(*p, out);
        }
        return fclose(out) == 0 ? TAKE_POINTER(result) : NULL;
}

/* Reads the statement at *cursor, which is left in front of the next. */
static int read_statement(const char **cursor, struct string_list *environment) {
        CLEANUP(freep) char *entry = NULL;
        const char *p = *cursor;
        size_t length, size;
        int r;

        if (strncmp(p, "export", 6) == 0 && p[6] && strchr(BLANKS, p[6]))
                p += 6 + strspn(p + 6, BLANKS);
        length = name_length(p);
        if (length == 0 || p[length] != '=') {
                *cursor = strchrnul(p, '\n');
                return 0;
        }

        {
                CLEANUP(fclosep) FILE *out = open_memstream(&entry, &size);

                if (!out)
                        return -ENOMEM;
                (void)fwrite(p, 1, length + 1, out);
                p += length + 1;
                r = read_value(&p, environment, out);
        }
        *cursor = *p == '#' ? strchrnul(p, '\n') : p;
        if (r == -EINVAL)
                return 0;
        if (r < 0 || !entry)
                return -ENOMEM;
        trim_end(entry);
        return string_list_take(environment, TAKE_POINTER(entry));
}

int environment_read(struct tree *tree, const char *path, struct string_list *environment) {
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r;

        r = tree_read(tree, path, &content, &size);
        if (r < 0 && r != -ENOENT && r != -ENOMEM)
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
        if (r < 0)
                return r;

        for (const char *p = content; p += strspn(p, BLANKS "\n;&|"), *p;) {
                r = read_statement(&p, environment);
                if (r < 0)
                        return r;
        }
        return 0;
}
