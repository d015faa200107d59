/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/prosody/lua-tokens.h"

#include "common/whitespace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char NAME[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

int lua_tokens_init(struct lua_tokens *tokens, const char *text) {
        *tokens = (struct lua_tokens){
                .program = text,
                .position = text,
                .line = 1,
                .buffer = malloc(strlen(text) + 1),
        };
        return tokens->buffer ? 0 : -ENOMEM;
}

void lua_tokens_clear(struct lua_tokens *tokens) {
        free(tokens->buffer);
        *tokens = (struct lua_tokens){ 0 };
}

/* Return: how many '=' are in the "[=*[" at @p, or -1 if there is none. */
static int long_bracket_level(const char *p) {
        size_t level;

        if (p[0] != '[')
                return -1;
        level = strspn(p + 1, "=");
        return p[1 + level] == '[' ? (int)level : -1;
}

/* Copies what is in "[=*[ ]=*]" to the buffer; the end of the text ends it as well. */
static void read_long_bracket(struct lua_tokens *tokens, int level) {
        const char *p = tokens->position + level + 2;
        char *out = tokens->buffer;

        if (*p == '\n') {
                tokens->line++;
                p++;
        }
        while (*p && !(p[0] == ']' && (int)strspn(p + 1, "=") == level && p[1 + level] == ']')) {
                tokens->line += *p == '\n';
                *out++ = *p++;
        }
        *out = '\0';
        tokens->position = *p ? p + level + 2 : p;
}

/* "--[[ ... ]]", or "--" up to the end of the line. @tokens->position: behind the "--" */
static void skip_comment(struct lua_tokens *tokens) {
        int level = long_bracket_level(tokens->position);

        if (level >= 0)
                read_long_bracket(tokens, level);
        else
                tokens->position += strcspn(tokens->position, "\n");
}

static void skip_blanks(struct lua_tokens *tokens) {
        for (;;) {
                tokens->position += strspn(tokens->position, LINE_WHITESPACE);
                if (*tokens->position == '\n') {
                        tokens->line++;
                        tokens->position++;
                } else if (strncmp(tokens->position, "--", 2) == 0) {
                        tokens->position += 2;
                        skip_comment(tokens);
                } else {
                        return;
                }
        }
}

/* Behind a backslash: "ddd", "xXX", or a byte. Other escapes occur in no address. */
static char read_escape(struct lua_tokens *tokens) {
        const char *p = tokens->position;
        bool is_hexadecimal = *p == 'x';
        char digits[4] = "";
        size_t length =
                is_hexadecimal ? strspn(p + 1, "0123456789abcdefABCDEF") : strspn(p, "0123456789");

        if (length == 0) {
                tokens->line += *p == '\n';
                tokens->position++;
                return *p;
        }
        if (length > (is_hexadecimal ? 2 : 3))
                length = is_hexadecimal ? 2 : 3;
        memcpy(digits, p + is_hexadecimal, length);
        tokens->position += is_hexadecimal + length;
        return (char)strtoul(digits, NULL, is_hexadecimal ? 16 : 10);
}

static void read_string(struct lua_tokens *tokens) {
        char quote = *tokens->position++;
        char *out = tokens->buffer;

        while (*tokens->position && *tokens->position != quote && *tokens->position != '\n') {
                if (tokens->position[0] == '\\' && tokens->position[1]) {
                        tokens->position++;
                        *out++ = read_escape(tokens);
                } else {
                        *out++ = *tokens->position++;
                }
        }
        *out = '\0';
        tokens->position += *tokens->position == quote;
}

static void read_name(struct lua_tokens *tokens) {
        size_t length = strspn(tokens->position, NAME);

        memcpy(tokens->buffer, tokens->position, length);
        tokens->buffer[length] = '\0';
        tokens->position += length;
}

int lua_tokens_next(struct lua_tokens *tokens, struct lua_token *ret) {
        int level;

        if (tokens->has_next) {
                tokens->has_next = false;
                *ret = tokens->next;
                return 1;
        }
        skip_blanks(tokens);
        *ret = (struct lua_token){
                .text = tokens->buffer,
                .line = tokens->line,
                .start = tokens->position,
        };
        if (*tokens->position == '\0')
                return 0;
        level = long_bracket_level(tokens->position);
        if (level >= 0 || strchr("\"'", *tokens->position)) {
                ret->type = LUA_STRING;
                if (level >= 0)
                        read_long_bracket(tokens, level);
                else
                        read_string(tokens);
        } else if (strchr(NAME, *tokens->position)) {
                ret->type = LUA_NAME;
                read_name(tokens);
        } else {
                ret->type = LUA_MARK;
                ret->text = "";
                ret->mark = *tokens->position++;
                if (ret->mark == '.' && tokens->position[0] == '.' && tokens->position[1] != '.') {
                        ret->mark = LUA_CONCAT;
                        tokens->position++;
                }
        }
        return 1;
}

int lua_tokens_peek(struct lua_tokens *tokens, struct lua_token *ret) {
        int r = lua_tokens_next(tokens, ret);

        tokens->next = *ret;
        tokens->has_next = r > 0;
        return r;
}

char *lua_tokens_copy_line(const struct lua_tokens *tokens, const struct lua_token *token) {
        const char *start = token->start;

        while (start > tokens->program && start[-1] != '\n')
                start--;
        return strndup(start, strcspn(start, "\n"));
}
