/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/unbound/lexer.h"

#include <string.h>

static bool is_one_of(char c, const char *set) {
        return c != '\0' && strchr(set, c);
}

static void skip_blanks(struct lexer *lexer, bool has_comments) {
        for (;;) {
                lexer->line += *lexer->position == '\n';
                if (is_one_of(*lexer->position, " \t\r\n"))
                        lexer->position++;
                else if (has_comments && *lexer->position == '#')
                        lexer->position += strcspn(lexer->position, "\n");
                else
                        break;
        }
}

/* A backslash takes the byte behind it along, but for the end of a line. */
static const char *skip_byte(const char *p) {
        return p[0] == '\\' && p[1] && p[1] != '\n' ? p + 2 : p + 1;
}

static void read_quoted(struct lexer *lexer, struct word *ret) {
        char quote = *lexer->position++;

        ret->is_quoted = true;
        ret->start = lexer->position;
        while (*lexer->position != quote) {
                if (*lexer->position == '\0' ||
                    (*lexer->position == '\n' && !lexer->rules->quotes_span_lines)) {
                        ret->is_unclosed = true;
                        ret->length = (size_t)(lexer->position - ret->start);
                        return;
                }
                lexer->line += *lexer->position == '\n';
                lexer->position = skip_byte(lexer->position);
        }
        ret->length = (size_t)(lexer->position - ret->start);
        lexer->position++;
}

static void read_plain(struct lexer *lexer, bool ends_at_colon, struct word *ret) {
        const char *p = lexer->position;

        while (*p && !is_one_of(*p, " \t\r\n") && !is_one_of(*p, lexer->rules->quotes)) {
                bool is_colon = *p == ':';

                p = skip_byte(p);
                if (is_colon && ends_at_colon)
                        break;
        }
        lexer->position = p;
        ret->length = (size_t)(p - ret->start);
}

bool lexer_next(struct lexer *lexer, enum lexer_place place, struct word *ret) {
        skip_blanks(lexer, place != PLACE_PATH);
        *ret = (struct word){ .start = lexer->position, .line = lexer->line };
        if (*lexer->position == '\0')
                return false;
        if (is_one_of(*lexer->position, lexer->rules->quotes))
                read_quoted(lexer, ret);
        else
                read_plain(lexer, place == PLACE_KEYWORD && lexer->rules->keywords_end_at_colon,
                           ret);
        return true;
}

char *lexer_copy_line(const struct lexer *lexer, const struct word *word) {
        const char *start = word->start;

        while (start > lexer->text && start[-1] != '\n')
                start--;
        return strndup(start, strcspn(start, "\n"));
}
