/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/scanner.h"

#include "common/whitespace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int scanner_init(struct scanner *scanner, const struct scanner_syntax *syntax, const char *text) {
        *scanner = (struct scanner){
                .syntax = syntax,
                .text = text,
                .position = text,
                .line = 1,
                .buffer = malloc(strlen(text) + 1),
        };
        return scanner->buffer ? 0 : -ENOMEM;
}

void scanner_clear(struct scanner *scanner) {
        free(scanner->buffer);
        *scanner = (struct scanner){ 0 };
}

static bool is_one_of(char c, const char *set) {
        return c != '\0' && set && strchr(set, c);
}

static bool is_blank(const struct scanner_syntax *syntax, char c) {
        return is_one_of(c, syntax->blanks ? syntax->blanks : LINE_WHITESPACE) ||
               (c == '\n' && !syntax->lines);
}

/* Return: how many bytes at @text are a backslash with the end of its line, which joins lines. */
static size_t joint_length(const struct scanner_syntax *syntax, const char *text) {
        if (!syntax->joins_lines || text[0] != '\\')
                return 0;
        if (text[1] == '\n')
                return 2;
        return text[1] == '\r' && text[2] == '\n' ? 3 : 0;
}

/* Return: whether anything was skipped. */
static bool skip_blanks(struct scanner *scanner) {
        const struct scanner_syntax *syntax = scanner->syntax;
        const char *start = scanner->position;
        bool is_joined = false; /* nothing but blanks since the start of a joined line */

        for (;;) {
                size_t joint = joint_length(syntax, scanner->position);

                if (joint > 0) {
                        scanner->position += joint;
                        scanner->line++;
                        is_joined = syntax->comments_in_joined_lines;
                } else if (is_joined && is_one_of(*scanner->position, syntax->comments)) {
                        scanner_skip_line(scanner);
                } else if (is_blank(syntax, *scanner->position)) {
                        scanner->line += *scanner->position++ == '\n';
                } else if (is_one_of(*scanner->position, syntax->comments)) {
                        scanner->position += strcspn(scanner->position, "\n");
                } else {
                        break;
                }
        }
        return scanner->position > start || start == scanner->text || start[-1] == '\n';
}

/* Copies a quoted part. @p: behind the opening quote. Return: behind the closing one. */
static const char *read_quoted(struct scanner *scanner, const char *p, char quote, char **out,
                               struct token *token) {
        const struct scanner_syntax *syntax = scanner->syntax;
        bool is_literal = is_one_of(quote, syntax->literal_quotes);
        const char *escaped = syntax->escaped_in_quotes;

        token->is_quoted = true;
        for (; *p != quote; p++) {
                size_t joint = is_literal ? 0 : joint_length(syntax, p);

                if (*p == '\0' || (*p == '\n' && !syntax->quotes_span_lines)) {
                        token->is_unclosed = true;
                        return p;
                }
                if (joint > 0) {
                        scanner->line++;
                        p += joint - 1;
                        continue;
                }
                if (*p == '\\' && !is_literal && p[1] &&
                    (escaped ? is_one_of(p[1], escaped) : p[1] != '\n'))
                        p++;
                scanner->line += *p == '\n';
                *(*out)++ = *p;
        }
        return p + 1;
}

static bool ends_word(const struct scanner_syntax *syntax, const char *p) {
        return *p == '\0' || *p == '\n' || is_blank(syntax, *p) || is_one_of(*p, syntax->marks) ||
               (syntax->comments_in_words && is_one_of(*p, syntax->comments)) ||
               joint_length(syntax, p) > 0;
}

static void read_word(struct scanner *scanner, struct token *ret) {
        const struct scanner_syntax *syntax = scanner->syntax;
        const char *p = scanner->position;
        char *out = scanner->buffer;

        while (!ends_word(syntax, p)) {
                bool takes_quotes = !syntax->quotes_only_at_start || p == ret->start;

                if (!takes_quotes && syntax->quotes_end_words && is_one_of(*p, syntax->quotes))
                        break;
                if (takes_quotes && is_one_of(*p, syntax->quotes)) {
                        p = read_quoted(scanner, p + 1, *p, &out, ret);
                        if (syntax->quotes_only_at_start)
                                break;
                        continue;
                }
                if (syntax->escapes && *p == '\\' && p[1] &&
                    (!syntax->escaped || is_one_of(p[1], syntax->escaped))) {
                        p++;
                        scanner->line += *p == '\n';
                }
                *out++ = *p++;
        }
        *out = '\0';
        scanner->position = p;
        ret->type = TOKEN_WORD;
        ret->text = scanner->buffer;
}

bool scanner_next(struct scanner *scanner, struct token *ret) {
        bool follows_blank = skip_blanks(scanner);
        char c = *scanner->position;

        *ret = (struct token){
                .text = "",
                .line = scanner->line,
                .follows_blank = follows_blank,
                .start = scanner->position,
        };
        if (c == '\n') {
                ret->type = TOKEN_LINE;
                scanner->position++;
                scanner->line++;
        } else if (is_one_of(c, scanner->syntax->marks)) {
                ret->type = TOKEN_MARK;
                ret->mark = c;
                scanner->position++;
        } else if (c != '\0') {
                read_word(scanner, ret);
        }
        ret->end = scanner->position;
        return ret->type != TOKEN_END;
}

void scanner_skip_line(struct scanner *scanner) {
        scanner->position += strcspn(scanner->position, "\n");
        if (*scanner->position == '\n') {
                scanner->position++;
                scanner->line++;
        }
}

char *scanner_copy_line(const struct scanner *scanner, const struct token *token) {
        const char *start = token->start;

        while (start > scanner->text && start[-1] != '\n')
                start--;
        return strndup(start, strcspn(start, "\n"));
}
