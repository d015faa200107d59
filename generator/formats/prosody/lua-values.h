/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Values of a Lua program that are known without running it: strings, tables of strings, local
 * variables that are one of these, and what ".." and "or" make of them
 */

#include "common/string-list.h"
#include "formats/prosody/lua-tokens.h"

enum lua_kind {
        LUA_UNKNOWN, /* only the program knows */
        LUA_NIL,
        LUA_UNSET, /* a variable of the environment that is not set, as far as is known */
        LUA_TEXT,  /* a string or a number */
        LUA_TABLE, /* an array of strings */
};

struct lua_text {
        char *text;
        unsigned line;     /* where it begins */
        const char *start; /* in the program; borrowed */
};

struct lua_value {
        enum lua_kind kind;
        struct lua_text *texts; /* of LUA_TEXT one; of LUA_TABLE its items that are known */
        size_t count;
        bool is_incomplete; /* of LUA_TABLE: other items are LUA_UNKNOWN or LUA_UNSET */
};

/* Of one chunk, that is one file. */
struct lua_locals {
        const struct string_list *environment; /* borrowed; NULL: none */
        struct lua_local {
                char *name;
                struct lua_value value;
        } * items;
        size_t count;
};

/**
 * lua_evaluate() - read an expression
 * @tokens:     the expression begins with the next one. If it is LUA_UNKNOWN, the next one after is
 *              any of the expression, else the one behind
 * @ret:        zeroed; to be freed by lua_value_clear()
 *
 * Return: 0 or -ENOMEM.
 */
int lua_evaluate(const struct lua_locals *locals, struct lua_tokens *tokens, struct lua_value *ret);

/**
 * lua_value_clear() - free all; LUA_UNKNOWN is left
 */
void lua_value_clear(struct lua_value *value);

/**
 * lua_locals_find() - Return: a variable, borrowed, or NULL; of several the last one
 */
struct lua_local *lua_locals_find(const struct lua_locals *locals, const char *name);

/**
 * lua_locals_declare() - read what follows "local"
 * @is_known:   whether the statement is executed, and is the only one that assigns to these
 *
 * Return: 0 or -ENOMEM.
 */
int lua_locals_declare(struct lua_locals *locals, struct lua_tokens *tokens, bool is_known);

/**
 * lua_locals_assign() - read the value of an assignment to a variable
 * @local:      of lua_locals_find(); @is_known as above: else it is LUA_UNKNOWN from now on
 *
 * Return: 0 or -ENOMEM.
 */
int lua_locals_assign(struct lua_locals *locals, struct lua_tokens *tokens, struct lua_local *local,
                      bool is_known);

/**
 * lua_locals_clear() - free all but what it borrows
 */
void lua_locals_clear(struct lua_locals *locals);
