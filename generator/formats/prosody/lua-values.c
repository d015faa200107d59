/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/prosody/lua-values.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "input/variable-list.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
        LOCALS_MAX = 200,  /* MAXVARS of lparser.c: Lua refuses a function with more */
        TABLE_MAX = 100,   /* strings of a variable, which each use of it copies */
        TEXT_MAX = 1024,   /* bytes that ".." makes */
        NESTING_MAX = 100, /* of parentheses */
};

static int evaluate_or(const struct lua_locals *locals, struct lua_tokens *tokens, unsigned depth,
                       struct lua_value *ret);

void lua_value_clear(struct lua_value *value) {
        for (size_t i = 0; i < value->count; i++)
                free(value->texts[i].text);
        free(value->texts);
        *value = (struct lua_value){ 0 };
}

/* @text: copied */
static int add_text(struct lua_value *value, const char *text, unsigned line, const char *start) {
        struct lua_text item = { strdup(text), line, start };

        if (!item.text || array_make_room(value->texts, value->count) < 0) {
                free(item.text);
                return -ENOMEM;
        }
        value->texts[value->count++] = item;
        return 0;
}

/* @from: its texts are moved */
static void move(struct lua_value *from, struct lua_value *ret) {
        lua_value_clear(ret);
        *ret = *from;
        *from = (struct lua_value){ 0 };
}

static int copy(const struct lua_value *from, struct lua_value *ret) {
        int r = 0;

        ret->kind = from->kind;
        ret->is_incomplete = from->is_incomplete;
        for (size_t i = 0; r >= 0 && i < from->count; i++)
                r = add_text(ret, from->texts[i].text, from->texts[i].line, from->texts[i].start);
        return r;
}

/* ENV_NAME is a variable of the environment (core/configmanager.lua, where the globals of the
 * program are looked up). Other globals are nil or functions. */
static int evaluate_name(const struct lua_locals *locals, const struct lua_token *token,
                         struct lua_value *ret) {
        const struct lua_local *local = lua_locals_find(locals, token->text);
        const char *value;

        if (local)
                return copy(&local->value, ret);
        if (strcmp(token->text, "nil") == 0)
                ret->kind = LUA_NIL;
        if (strspn(token->text, "0123456789") == strlen(token->text)) {
                ret->kind = LUA_TEXT;
                return add_text(ret, token->text, token->line, token->start);
        }
        if (strncmp(token->text, "ENV_", strlen("ENV_")) != 0)
                return 0;
        value = locals->environment ? environment_get(locals->environment, token->text + 4) : NULL;
        ret->kind = value ? LUA_TEXT : LUA_UNSET;
        return value ? add_text(ret, value, token->line, token->start) : 0;
}

/* Behind '('. */
static int evaluate_parenthesis(const struct lua_locals *locals, struct lua_tokens *tokens,
                                unsigned depth, struct lua_value *ret) {
        struct lua_token token;
        int r;

        if (depth == NESTING_MAX)
                return 0;
        r = evaluate_or(locals, tokens, depth + 1, ret);
        if (r < 0 || ret->kind == LUA_UNKNOWN)
                return r;
        r = lua_tokens_peek(tokens, &token);
        if (r > 0 && token.mark == ')')
                return lua_tokens_next(tokens, &token);
        lua_value_clear(ret);
        return r;
}

/* A call, an index or a method behind a name or a parenthesis. */
static bool is_suffix(const struct lua_token *token) {
        return token->type == LUA_STRING ||
               (token->type == LUA_MARK && strchr(".:[({", token->mark));
}

static int evaluate_operand(const struct lua_locals *locals, struct lua_tokens *tokens,
                            unsigned depth, struct lua_value *ret) {
        struct lua_token token;
        int r;

        r = lua_tokens_peek(tokens, &token);
        /* The body of a function is left to the caller. */
        if (r <= 0 || (token.type == LUA_MARK && token.mark != '(') ||
            (token.type == LUA_NAME && strcmp(token.text, "function") == 0))
                return r;
        (void)lua_tokens_next(tokens, &token);
        if (token.type == LUA_STRING) {
                ret->kind = LUA_TEXT;
                return add_text(ret, token.text, token.line, token.start);
        }
        r = token.type == LUA_NAME ? evaluate_name(locals, &token, ret)
                                   : evaluate_parenthesis(locals, tokens, depth, ret);
        if (r >= 0)
                r = lua_tokens_peek(tokens, &token);
        if (r > 0 && is_suffix(&token))
                lua_value_clear(ret);
        return r < 0 ? r : 0;
}

/* Appends a string to another. */
static int concatenate(struct lua_value *left, const struct lua_value *right) {
        CLEANUP(freep) char *text = NULL;
        int length;

        if (left->kind != LUA_TEXT || right->kind != LUA_TEXT) {
                lua_value_clear(left);
                return 0;
        }
        length = asprintf(&text, "%s%s", left->texts[0].text, right->texts[0].text);
        if (length < 0) {
                text = NULL;
                return -ENOMEM;
        }
        if (length > TEXT_MAX) {
                lua_value_clear(left);
                return 0;
        }
        free(left->texts[0].text);
        left->texts[0].text = TAKE_POINTER(text);
        return 0;
}

static int evaluate_concatenation(const struct lua_locals *locals, struct lua_tokens *tokens,
                                  unsigned depth, struct lua_value *ret) {
        struct lua_token token;
        int r;

        r = evaluate_operand(locals, tokens, depth, ret);
        while (r >= 0 && (r = lua_tokens_peek(tokens, &token)) > 0 && token.mark == LUA_CONCAT) {
                CLEANUP(lua_value_clear) struct lua_value right = { 0 };

                (void)lua_tokens_next(tokens, &token);
                r = evaluate_operand(locals, tokens, depth, &right);
                if (r >= 0)
                        r = concatenate(ret, &right);
        }
        return r < 0 ? r : 0;
}

/* Whether an operator follows that is not evaluated. */
static bool is_operator(const struct lua_token *token) {
        if (token->type == LUA_NAME)
                return strcmp(token->text, "and") == 0;
        return token->type == LUA_MARK && strchr("+-*/%^<>=~&|", token->mark);
}

static int evaluate_or(const struct lua_locals *locals, struct lua_tokens *tokens, unsigned depth,
                       struct lua_value *ret) {
        struct lua_token token;
        int r;

        r = evaluate_concatenation(locals, tokens, depth, ret);
        while (r >= 0 && (r = lua_tokens_peek(tokens, &token)) > 0 && token.type == LUA_NAME &&
               strcmp(token.text, "or") == 0) {
                CLEANUP(lua_value_clear) struct lua_value right = { 0 };

                (void)lua_tokens_next(tokens, &token);
                r = evaluate_concatenation(locals, tokens, depth, &right);
                if (r >= 0 && (ret->kind == LUA_NIL || ret->kind == LUA_UNSET))
                        move(&right, ret);
        }
        if (r > 0 && is_operator(&token))
                lua_value_clear(ret);
        return r < 0 ? r : 0;
}

/* Up to the separator or the end of the table. Return: 1; 0 at the end of the text. */
static int skip_item(struct lua_tokens *tokens) {
        struct lua_token token;
        unsigned depth = 0;
        int r;

        while ((r = lua_tokens_peek(tokens, &token)) > 0) {
                if (token.type == LUA_MARK && strchr("{([", token.mark))
                        depth++;
                else if (depth == 0 && token.type == LUA_MARK && strchr(",;}", token.mark))
                        return 1;
                else if (token.type == LUA_MARK && strchr("})]", token.mark))
                        depth -= depth > 0;
                (void)lua_tokens_next(tokens, &token);
        }
        return r;
}

static bool ends_item(const struct lua_token *token) {
        return token->type == LUA_MARK && strchr(",;}", token->mark);
}

/* Behind nil nothing is looked at: util.set of prosody uses ipairs().
 * @is_over: there was a nil */
static int add_item(struct lua_value *table, const struct lua_value *item, bool *is_over) {
        *is_over |= item->kind == LUA_NIL;
        if (*is_over)
                return 0;
        if (item->kind != LUA_TEXT) {
                table->is_incomplete = true;
                return 0;
        }
        return add_text(table, item->texts[0].text, item->texts[0].line, item->texts[0].start);
}

/* Behind '{'. */
static int evaluate_table(const struct lua_locals *locals, struct lua_tokens *tokens,
                          struct lua_value *ret) {
        struct lua_token token;
        bool is_over = false;
        int r;

        ret->kind = LUA_TABLE;
        while ((r = lua_tokens_peek(tokens, &token)) > 0) {
                CLEANUP(lua_value_clear) struct lua_value item = { 0 };

                if (ends_item(&token)) {
                        (void)lua_tokens_next(tokens, &token);
                        if (token.mark == '}')
                                return 0;
                        continue;
                }
                r = evaluate_or(locals, tokens, 0, &item);
                if (r >= 0)
                        r = lua_tokens_peek(tokens, &token);
                if (r > 0 && !ends_item(&token)) {
                        lua_value_clear(&item);
                        r = skip_item(tokens);
                }
                if (r >= 0)
                        r = add_item(ret, &item, &is_over);
                if (r < 0)
                        return r;
        }
        return r;
}

int lua_evaluate(const struct lua_locals *locals, struct lua_tokens *tokens,
                 struct lua_value *ret) {
        struct lua_token token;
        int r;

        r = lua_tokens_peek(tokens, &token);
        if (r <= 0 || token.mark != '{')
                return r < 0 ? r : evaluate_or(locals, tokens, 0, ret);
        (void)lua_tokens_next(tokens, &token);
        return evaluate_table(locals, tokens, ret);
}

struct lua_local *lua_locals_find(const struct lua_locals *locals, const char *name) {
        for (size_t i = locals->count; i > 0; i--)
                if (strcmp(locals->items[i - 1].name, name) == 0)
                        return &locals->items[i - 1];
        return NULL;
}

static int add_local(struct lua_locals *locals, const char *name) {
        struct lua_local local = { .name = strdup(name) };

        if (!local.name || array_make_room(locals->items, locals->count) < 0) {
                free(local.name);
                return -ENOMEM;
        }
        locals->items[locals->count++] = local;
        return 0;
}

/* "NAME", "NAME <ATTRIBUTE>", and ',' between. Return: as lua_tokens_peek() of what follows. */
static int declare_names(struct lua_locals *locals, struct lua_tokens *tokens) {
        struct lua_token token;
        int r;

        while ((r = lua_tokens_peek(tokens, &token)) > 0) {
                bool is_name = token.type == LUA_NAME && locals->count < LOCALS_MAX;

                if (is_name && add_local(locals, token.text) < 0)
                        return -ENOMEM;
                (void)lua_tokens_next(tokens, &token);
                r = lua_tokens_peek(tokens, &token);
                if (r > 0 && token.mark == '<')
                        for (unsigned i = 0; r > 0 && i < 3; i++) {
                                (void)lua_tokens_next(tokens, &token);
                                r = lua_tokens_peek(tokens, &token);
                        }
                if (r <= 0 || token.mark != ',')
                        return r;
                (void)lua_tokens_next(tokens, &token);
        }
        return r;
}

int lua_locals_assign(struct lua_locals *locals, struct lua_tokens *tokens, struct lua_local *local,
                      bool is_known) {
        CLEANUP(lua_value_clear) struct lua_value value = { 0 };
        int r = lua_evaluate(locals, tokens, &value);

        lua_value_clear(&local->value);
        if (is_known && value.count <= TABLE_MAX)
                move(&value, &local->value);
        return r;
}

int lua_locals_declare(struct lua_locals *locals, struct lua_tokens *tokens, bool is_known) {
        size_t first = locals->count;
        struct lua_token token;
        int r;

        r = lua_tokens_peek(tokens, &token);
        if (r <= 0 || (token.type == LUA_NAME && strcmp(token.text, "function") == 0))
                return r < 0 ? r : 0;
        r = declare_names(locals, tokens);
        if (r <= 0 || !is_known)
                return r < 0 ? r : 0;
        for (size_t i = first; r >= 0 && i < locals->count; i++) {
                r = lua_tokens_peek(tokens, &token);
                /* The '=' before the first value, or the ',' before another. */
                if (r <= 0 || token.mark != (i == first ? '=' : ','))
                        return r < 0 ? r : 0;
                (void)lua_tokens_next(tokens, &token);
                r = lua_locals_assign(locals, tokens, &locals->items[i], true);
        }
        return r;
}

void lua_locals_clear(struct lua_locals *locals) {
        for (size_t i = 0; i < locals->count; i++) {
                free(locals->items[i].name);
                lua_value_clear(&locals->items[i].value);
        }
        free(locals->items);
        *locals = (struct lua_locals){ 0 };
}
