/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/redis/redis-words.h"

#include "common/cleanup.h"
#include "common/whitespace.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_hex(char c) {
        return isxdigit((unsigned char)c);
}

static char unescape_letter(char c) {
        switch (c) {
        case 'n':
                return '\n';
        case 'r':
                return '\r';
        case 't':
                return '\t';
        case 'b':
                return '\b';
        case 'a':
                return '\a';
        default:
                return c;
        }
}

/* @p: at a backslash in double quotes. Return: what is behind the escape. */
static const char *read_escape(const char *p, char *ret) {
        if (p[1] == 'x' && is_hex(p[2]) && is_hex(p[3])) {
                const char digits[] = { p[2], p[3], '\0' };

                *ret = (char)strtoul(digits, NULL, 16);
                return p + 4;
        }
        *ret = unescape_letter(p[1]);
        return p + 2;
}

/* @p: behind the opening quote. Return: what is behind the closing one, or NULL if there is none.
 */
static const char *read_quoted(const char *p, char quote, char **out) {
        while (*p && *p != quote) {
                if (quote == '"' && p[0] == '\\' && p[1]) {
                        p = read_escape(p, (*out)++);
                } else {
                        p += quote == '\'' && p[0] == '\\' && p[1] == quote;
                        *(*out)++ = *p++;
                }
        }
        return *p ? p + 1 : NULL;
}

static bool ends_word(char c) {
        return c == '\0' || strchr(" \n\r\t", c);
}

/* Return: what is behind the word, or NULL if it is not well-formed. A closing quote ends it. */
static const char *read_word(const char *p, char *out) {
        while (p && !ends_word(*p)) {
                if (*p == '"' || *p == '\'') {
                        p = read_quoted(p + 1, *p, &out);
                        if (p && *p && !strchr(C_WHITESPACE, *p))
                                p = NULL;
                        break;
                }
                *out++ = *p++;
        }
        *out = '\0';
        return p;
}

int redis_words_split(const char *line, struct string_list *ret) {
        CLEANUP(freep) char *word = malloc(strlen(line) + 1);

        if (!word)
                return -ENOMEM;
        for (;;) {
                line += strspn(line, C_WHITESPACE);
                if (!*line)
                        return 0;
                line = read_word(line, word);
                if (!line)
                        return -EINVAL;
                if (string_list_add(ret, word) < 0)
                        return -ENOMEM;
        }
}
