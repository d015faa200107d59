/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/freeradius/line-statements.h"

#include "common/whitespace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_blanks(const char *p) {
        return p + strspn(p, LINE_WHITESPACE);
}

/* Those of src/lib/token.c that may follow a name. Return: 0 if there is none. */
static size_t operator_length(const char *p) {
        if (p[0] && strchr(":+-!<>=", p[0]) && p[1] == '=')
                return 2;
        if (p[0] && strchr("=!", p[0]) && p[1] && strchr("~*", p[1]))
                return 2;
        return p[0] && strchr("=<>", p[0]) ? 1 : 0;
}

static size_t name_length(const char *p) {
        size_t length = 0;

        while (p[length] && !strchr(LINE_WHITESPACE "{}(),;#", p[length]) &&
               operator_length(p + length) == 0)
                length++;
        return length;
}

/* Between two of the byte at the cursor. The end of the line closes it as well. */
static char *read_quoted(const char **cursor) {
        char quote = *(*cursor)++;
        char *text = malloc(strlen(*cursor) + 1);
        char *end = text;

        if (!text)
                return NULL;
        while (**cursor && **cursor != quote) {
                if ((*cursor)[0] == '\\' && (*cursor)[1])
                        (*cursor)++;
                *end++ = *(*cursor)++;
        }
        *end = '\0';
        *cursor += **cursor == quote;
        return text;
}

static char *read_name(const char **cursor) {
        size_t length = name_length(*cursor);
        char *name;

        if (**cursor && strchr("\"'", **cursor))
                return read_quoted(cursor);
        name = strndup(*cursor, length);
        *cursor += length;
        return name;
}

static char *read_value(const char **cursor, bool *ret_is_literal) {
        const char *p = *cursor;

        *ret_is_literal = *p == '\'';
        if (*p && strchr("\"'`", *p))
                return read_quoted(cursor);
        *cursor += strcspn(p, LINE_WHITESPACE ",");
        return strndup(p, (size_t)(*cursor - p));
}

/* Behind "if" and "elsif": the '{' that no "${" or "%{" has. */
static const char *skip_condition(const char *p) {
        for (const char *start = p; *p; p++)
                if (*p == '{' && p > start && strchr(LINE_WHITESPACE ")", p[-1]))
                        break;
        return p;
}

/* "NAME NAME2 ... {": the line ends, or the section is open. */
static const char *skip_further_names(const char *p) {
        while (*(p = skip_blanks(p)) && !strchr("{}#,;", *p)) {
                const char *start = p;

                if (strchr("\"'", *p)) {
                        free(read_quoted(&p));
                        continue;
                }
                p += name_length(p);
                p += p == start;
        }
        return p;
}

/* What is behind the name. */
static int read_rest(const char **cursor, struct freeradius_statement *ret) {
        const char *p = skip_blanks(*cursor);
        size_t length = operator_length(p);

        if (ret->name[0] == '$' || length > 0) {
                ret->type = length > 0 ? FREERADIUS_SETTING : FREERADIUS_WORD;
                *cursor = skip_blanks(p + length);
                ret->value = read_value(cursor, &ret->is_literal);
                return ret->value ? 1 : -ENOMEM;
        }
        if (strcmp(ret->name, "if") == 0 || strcmp(ret->name, "elsif") == 0)
                p = skip_condition(p);
        else
                p = skip_further_names(p);
        if (*p == '{')
                ret->type = FREERADIUS_OPEN;
        *cursor = p + (*p == '{');
        return 1;
}

int freeradius_statement_next(const char **cursor, struct freeradius_statement *ret) {
        const char *p = *cursor + strspn(*cursor, LINE_WHITESPACE ",;()");

        freeradius_statement_clear(ret);
        *cursor = p;
        if (*p == '\0' || *p == '#')
                return 0;
        if (*p == '}') {
                ret->type = FREERADIUS_CLOSE;
                (*cursor)++;
                return 1;
        }
        ret->name = read_name(cursor);
        return ret->name ? read_rest(cursor, ret) : -ENOMEM;
}

void freeradius_statement_clear(struct freeradius_statement *statement) {
        free(statement->name);
        free(statement->value);
        *statement = (struct freeradius_statement){ 0 };
}
