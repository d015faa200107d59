/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Names, strings and marks of a Lua program (llex.c of Lua 5.1 to 5.4)
 */

#include <stdbool.h>
#include <stddef.h>

enum lua_token_type { LUA_NAME, LUA_STRING, LUA_MARK };

/* The mark of "..", which joins strings. */
enum { LUA_CONCAT = 1 };

struct lua_token {
        enum lua_token_type type;
        const char *text; /* of a name or a string, escapes decoded; valid until the next one */
        char mark;        /* of LUA_MARK: any other byte, or LUA_CONCAT; else '\0' */
        unsigned line;
        const char *start; /* its first byte in the program */
};

struct lua_tokens {
        const char *program; /* borrowed */
        const char *position;
        unsigned line;
        char *buffer;
        struct lua_token next; /* that was peeked at */
        bool has_next;
};

/**
 * lua_tokens_init() - start reading
 * @text:       NUL-terminated; borrowed
 *
 * Return: 0 or -ENOMEM.
 */
int lua_tokens_init(struct lua_tokens *tokens, const char *text);

/**
 * lua_tokens_next() - read the next token
 *
 * Numbers are names.
 *
 * Return: 1; 0 at the end of the text.
 */
int lua_tokens_next(struct lua_tokens *tokens, struct lua_token *ret);

/**
 * lua_tokens_peek() - the same, without reading it
 */
int lua_tokens_peek(struct lua_tokens *tokens, struct lua_token *ret);

/**
 * lua_tokens_copy_line() - the line that a token begins on, to be shown to people
 *
 * Return: to be freed by the caller, or NULL if out of memory.
 */
char *lua_tokens_copy_line(const struct lua_tokens *tokens, const struct lua_token *token);

/**
 * lua_tokens_clear() - free all
 */
void lua_tokens_clear(struct lua_tokens *tokens);
