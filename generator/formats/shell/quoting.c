/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/shell/quoting.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"
#include "formats/shell/environment.h"

#include <errno.h>
#include <string.h>

struct lexer {
        const char *start, *position;
        char quote; /* the quotation mark that is open, or NUL */
        const struct string_list *environment;
        FILE *out;
        bool unknown; /* only a shell knows the text */
};

static bool is_blank(char c) {
        return c && strchr(SHELL_BLANKS, c);
}

/* @starts_word: whether a '#' here begins a comment. */
static bool ends_command(const char *text, bool starts_word) {
        return *text == '\0' || strchr("\n;&|", *text) || (*text == '#' && starts_word);
}

static bool is_at_end(const struct lexer *lexer, bool is_word) {
        const char *p = lexer->position;

        if (lexer->quote)
                return *p == '\0';
        if (is_word && is_blank(*p))
                return true;
        return ends_command(p, p == lexer->start || is_blank(p[-1]));
}

/* In double quotes a backslash protects few characters, and stays before any other (POSIX XCU
 * 2.2.3). Before a newline both are left out. */
static void read_escape(struct lexer *lexer) {
        char c = *++lexer->position;

        if (lexer->quote && !strchr("\"\\$`\n", c))
                (void)putc('\\', lexer->out);
        if (c != '\n')
                (void)putc(c, lexer->out);
}

static int read_variable(struct lexer *lexer) {
        ssize_t n = environment_write_value(lexer->environment, lexer->position + 1, lexer->out);

        if (n == -ENOMEM)
                return -ENOMEM;
        if (n < 0)
                lexer->unknown = true;
        else
                lexer->position += n;
        return 0;
}

/* Reads the character at the position, or what it introduces. Leaves the position at its end. */
static int read_character(struct lexer *lexer) {
        char c = *lexer->position;
        bool is_mark = lexer->quote ? c == lexer->quote : c == '\'' || c == '"';
        bool is_literal = lexer->quote == '\'';

        if (is_mark && lexer->quote)
                lexer->quote = '\0';
        else if (is_mark)
                lexer->quote = c;
        else if (!is_literal && c == '\\' && lexer->position[1])
                read_escape(lexer);
        else if (!is_literal && c == '$')
                return read_variable(lexer);
        else if (!is_literal && c == '`')
                lexer->unknown = true;
        else
                (void)putc(c, lexer->out);
        return 0;
}

static int read_text(const char **cursor, bool is_word, const struct string_list *environment,
                     char **ret) {
        CLEANUP(freep) char *text = NULL;
        CLEANUP(fclosep) FILE *out = NULL;
        struct lexer lexer = { .start = *cursor, .position = *cursor, .environment = environment };
        size_t size;
        int r = 0;

        lexer.out = out = open_memstream(&text, &size);
        if (!out)
                return -ENOMEM;
        for (; r >= 0 && !is_at_end(&lexer, is_word); lexer.position++)
                r = read_character(&lexer);
        *cursor = lexer.position;
        if (memstream_close(TAKE_POINTER(out), &text) < 0 || r < 0)
                return -ENOMEM;
        *ret = TAKE_POINTER(text);
        return lexer.unknown ? -EINVAL : 0;
}

int shell_read_word(const char **cursor, const struct string_list *environment, char **ret) {
        return read_text(cursor, true, environment, ret);
}

int shell_read_value(const char **cursor, const struct string_list *environment, char **ret) {
        return read_text(cursor, false, environment, ret);
}

bool shell_skip_blanks(const char **cursor) {
        *cursor += strspn(*cursor, SHELL_BLANKS);
        return !ends_command(*cursor, true);
}
