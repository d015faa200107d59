/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/nginx/statement.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS " \t\r\n"

/* Words of one statement; nginx has NGX_CONF_MAX_ARGS, but lists such as server_name are longer. */
enum { WORDS_MAX = 100000 };

void statement_clear(struct statement *statement) {
        string_list_clear(&statement->words);
}

static void skip_blanks(struct statement_reader *reader) {
        for (;;) {
                if (*reader->position == '#')
                        reader->position += strcspn(reader->position, "\n");
                if (!*reader->position || !strchr(BLANKS, *reader->position))
                        return;
                reader->line += *reader->position++ == '\n';
        }
}

/* Return: the end of the word at @word, which may begin with a quote. */
static const char *find_end(const char *word, char quote) {
        const char *p = word;

        while (*p) {
                /* The brace of "${" opens no block. */
                if ((*p == '\\' && p[1]) || (*p == '$' && p[1] == '{'))
                        p += 2;
                else if (quote ? *p == quote : strchr(BLANKS ";{", *p) != NULL)
                        break;
                else
                        p++;
        }
        return p;
}

/* A copy with its escapes replaced. Before other bytes than these a backslash stays. */
static char *unescape(const char *word, size_t length) {
        static const char ESCAPES[] = "\"\"''\\\\t\tr\rn\n";
        char *copy = malloc(length + 1), *out = copy;

        for (const char *p = word; copy && p < word + length; p++) {
                if (*p == '\\' && p + 1 < word + length)
                        for (const char *escape = ESCAPES; *escape; escape += 2)
                                if (p[1] == escape[0]) {
                                        *out++ = escape[1];
                                        p += 2;
                                        break;
                                }
                if (p < word + length)
                        *out++ = *p;
        }
        if (copy)
                *out = '\0';
        return copy;
}

/* Return: 1; 0 if the file ends in it, or what follows it is wrong; -ENOMEM. */
static int read_word(struct statement_reader *reader, struct string_list *words) {
        const char *word = reader->position;
        bool is_quoted = *word == '"' || *word == '\'';
        const char *end = is_quoted ? find_end(word + 1, *word) : find_end(word, '\0');

        word += is_quoted;
        for (const char *p = word; p < end; p++)
                reader->line += *p == '\n';
        reader->position = end;
        if (!*end || words->count == WORDS_MAX)
                return 0;
        if (string_list_take(words, unescape(word, (size_t)(end - word))) < 0)
                return -ENOMEM;
        if (is_quoted) {
                reader->position++;
                if (!*reader->position || !strchr(BLANKS ";{)", *reader->position))
                        return 0;
        }
        return 1;
}

int statement_next(struct statement_reader *reader, struct statement *ret) {
        statement_clear(ret);
        skip_blanks(reader);
        ret->type = STATEMENT_END;
        ret->line = reader->line;
        ret->start = reader->position;
        for (;; skip_blanks(reader)) {
                bool is_first = ret->words.count == 0;
                int r;

                ret->end = reader->position;
                switch (*reader->position) {
                case '\0':
                        return 0;
                case ';':
                        ret->type = STATEMENT_SIMPLE;
                        break;
                case '{':
                        ret->type = STATEMENT_BLOCK;
                        break;
                case '}':
                        ret->type = STATEMENT_BLOCK_END;
                        is_first = !is_first;
                        break;
                default:
                        r = read_word(reader, &ret->words);
                        if (r <= 0) {
                                ret->type = STATEMENT_END;
                                return r;
                        }
                        continue;
                }
                if (is_first) { /* a mark where nginx does not accept it */
                        ret->type = STATEMENT_END;
                        return 0;
                }
                ret->end = ++reader->position;
                return 1;
        }
}
