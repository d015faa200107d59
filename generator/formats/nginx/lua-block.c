/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/nginx/statement.h"

#include <stdbool.h>
#include <string.h>

/* "[[", "[=[", …: Return: how many bytes it has, or 0 if there is none at @p. */
static size_t long_bracket_length(const char *p) {
        size_t level;

        if (*p != '[')
                return 0;
        level = strspn(p + 1, "=");
        return p[1 + level] == '[' ? level + 2 : 0;
}

/* @p: behind the opening bracket of @length bytes. Return: behind the closing one. */
static const char *skip_long_bracket(const char *p, size_t length) {
        for (; *p; p++)
                if (*p == ']' && strspn(p + 1, "=") == length - 2 && p[length - 1] == ']')
                        return p + length;
        return p;
}

/* @p: behind the quote. Return: behind the closing one. */
static const char *skip_string(const char *p, char quote) {
        while (*p && *p != quote)
                p += p[0] == '\\' && p[1] ? 2 : 1;
        return *p ? p + 1 : p;
}

/* Return: behind a string, a comment, or any other byte. */
static const char *skip_item(const char *p) {
        bool is_comment = p[0] == '-' && p[1] == '-';
        size_t bracket = long_bracket_length(is_comment ? p + 2 : p);

        if (bracket > 0)
                return skip_long_bracket(p + bracket + (is_comment ? 2 : 0), bracket);
        if (is_comment)
                return p + strcspn(p, "\n");
        if (*p == '"' || *p == '\'')
                return skip_string(p + 1, *p);
        return p + 1;
}

void statement_skip_lua(struct statement_reader *reader) {
        unsigned depth = 1;

        while (*reader->position && depth > 0) {
                const char *end = skip_item(reader->position);

                if (*reader->position == '{')
                        depth++;
                else if (*reader->position == '}')
                        depth--;
                for (const char *p = reader->position; p < end; p++)
                        reader->line += *p == '\n';
                reader->position = end;
        }
}
