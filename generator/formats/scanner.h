/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Splits the text of a configuration into words, for the formats
 *
 * Languages differ in what quotes, escapes, comments and special characters mean. A struct
 * scanner_syntax describes it. What a word means is for the format.
 */

#include <stdbool.h>
#include <stddef.h>

/* Sets of characters are strings; NULL is the empty one. */
struct scanner_syntax {
        const char *blanks;         /* between words; NULL: LINE_WHITESPACE. A newline is one too,
                                       unless @lines */
        const char *comments;       /* start a comment where a word may begin; it ends with the
                                       line */
        bool comments_in_words;     /* they also do inside of a word, outside of quotes */
        const char *quotes;         /* each encloses a part of a word in two of itself */
        const char *literal_quotes; /* of @quotes: a backslash between them is itself */
        bool quotes_only_at_start;  /* a quote inside of a word is itself, and a closing quote ends
                                       the word */
        bool quotes_end_words;      /* with @quotes_only_at_start: an opening quote begins a word
                                       wherever it is */
        bool quotes_span_lines;     /* otherwise the end of the line closes them */
        bool escapes;               /* outside of quotes a backslash makes the next byte literal */
        const char *escaped;        /* which bytes; before others it is itself. NULL: all */
        const char *escaped_in_quotes; /* which bytes a backslash in quotes makes literal; before
                                          others it is itself. NULL: all bytes */
        bool joins_lines;              /* a backslash before a newline is a blank, both vanish */
        bool comments_in_joined_lines; /* a line of comment behind a joined one is skipped, and the
                                          next line is joined */
        const char *marks;             /* tokens of one byte, where they are not quoted */
        bool lines;                    /* the end of a line is a token */
};

enum token_type {
        TOKEN_END,  /* of the text */
        TOKEN_LINE, /* the end of a line, if @lines */
        TOKEN_MARK, /* one of @marks */
        TOKEN_WORD, /* may be empty, if in quotes */
};

struct token {
        enum token_type type;
        char mark;          /* of TOKEN_MARK */
        const char *text;   /* of TOKEN_WORD: quotes and backslashes removed; else "". Valid until
                               the next scanner_next() */
        unsigned line;      /* where it begins, 1-based */
        bool is_quoted;     /* any part of it is in quotes */
        bool is_unclosed;   /* a quote of it is not closed */
        bool follows_blank; /* a blank, a comment or the start of a line is before it */
        const char *start;  /* its first byte in the text */
        const char *end;    /* behind its last byte in the text */
};

struct scanner {
        const struct scanner_syntax *syntax; /* borrowed */
        const char *text;                    /* borrowed */
        const char *position;
        unsigned line;
        char *buffer; /* as long as the text; holds one word at a time */
};

/**
 * scanner_init() - start scanning
 * @scanner:    scanner_clear() it
 * @syntax:     borrowed
 * @text:       NUL-terminated; borrowed
 *
 * Return: 0 or -ENOMEM.
 */
int scanner_init(struct scanner *scanner, const struct scanner_syntax *syntax, const char *text);

/**
 * scanner_next() - read the next token
 * @ret:        receives it; behind the end it is TOKEN_END each time
 *
 * Return: whether there is one, that is, it is not TOKEN_END.
 */
bool scanner_next(struct scanner *scanner, struct token *ret);

/**
 * scanner_skip_line() - continue behind the end of the present line
 */
void scanner_skip_line(struct scanner *scanner);

/**
 * scanner_copy_line() - the line of the text that a token begins on, to be shown to people
 *
 * Return: to be freed by the caller, or NULL if out of memory.
 */
char *scanner_copy_line(const struct scanner *scanner, const struct token *token);

/**
 * scanner_clear() - free all
 */
void scanner_clear(struct scanner *scanner);
