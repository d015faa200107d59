/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/json-statements.h"

#include "common/whitespace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define NAME    LETTERS "_-."
#define LITERAL LETTERS "+-."
#define INCLUDE "<?include"

struct token {
        const char *start; /* a string with its quotation marks */
        size_t length;
};

int json_statements_init(struct json_statements *json, const char *text) {
        size_t size = strlen(text);

        *json = (struct json_statements){
                .position = text,
                .end = text + size,
                .line = 1,
                /* a blank before each value, which has two quotation marks or more than one letter
                 * and a comma */
                .buffer = malloc(2 * size + sizeof(VALUES_KEYWORD)),
        };
        return json->buffer ? 0 : -ENOMEM;
}

void json_statements_clear(struct json_statements *json) {
        free(json->buffer);
        *json = (struct json_statements){ 0 };
}

static void skip_to(struct json_statements *json, const char *target) {
        for (; json->position < target; json->position++)
                json->line += *json->position == '\n';
}

/* Return: the length of the comment at @text, or 0. */
static size_t comment_length(const char *text) {
        return *text == '#' ? strcspn(text, "\n") : c_comment_length(text);
}

static void skip_blanks(struct json_statements *json) {
        size_t length;

        do {
                length = strspn(json->position, C_WHITESPACE);
                if (length == 0)
                        length = comment_length(json->position);
                skip_to(json, json->position + length);
        } while (length > 0);
}

/* Cuts off a string, a number or a word. Return: whether one is there. */
static bool take_value(struct json_statements *json, struct token *ret) {
        const char *p = json->position;

        ret->start = p;
        if (*p != '"') {
                p += strspn(p, LITERAL);
        } else {
                for (p++; *p && *p != '"' && *p != '\n'; p++)
                        p += *p == '\\' && p[1];
                if (*p++ != '"')
                        return false;
        }
        ret->length = (size_t)(p - ret->start);
        json->position = p;
        return ret->length > 0;
}

static void append(struct json_statements *json, const char *text, size_t length) {
        memcpy(json->buffer + json->length, text, length);
        json->length += length;
}

/* "\/" is a slash. null is no value. */
static void append_value(struct json_statements *json, const struct token *value) {
        if (value->length == strlen("null") && strncmp(value->start, "null", value->length) == 0)
                return;
        if (json->length > 0)
                append(json, " ", 1);
        for (size_t i = 0; i < value->length; i++) {
                bool escapes = value->start[i] == '\\' && i + 1 < value->length;

                i += escapes && value->start[i + 1] == '/';
                append(json, value->start + i, 1);
                if (escapes && value->start[i] == '\\') {
                        i++;
                        append(json, value->start + i, 1);
                }
        }
}

static struct json_level *innermost(struct json_statements *json) {
        return json->depth > 0 ? &json->levels[json->depth - 1] : NULL;
}

static bool is_in(struct json_statements *json, char closing) {
        const struct json_level *level = innermost(json);

        return level && level->closing == closing;
}

/* @name: without a start there is none */
static bool open_level(struct json_statements *json, char closing, const struct token *name) {
        if (json->depth == JSON_DEPTH_MAX)
                return false;
        json->levels[json->depth++] = (struct json_level){ closing, name->start, name->length };
        return true;
}

/* Return: the name of the member that a value belongs to; of a list that of the list. */
static struct token name_of(struct json_statements *json, const struct token *name) {
        const struct json_level *level = innermost(json);

        if (name->start || !level || level->closing != ']')
                return *name;
        return (struct token){ level->name, level->name_length };
}

/* Begins a statement with the name of a member, which loses its quotation marks. */
static void append_name(struct json_statements *json, const struct token *name) {
        if (strspn(name->start + 1, NAME) + 2 == name->length)
                append(json, name->start + 1, name->length - 2);
        else
                append(json, name->start, name->length);
}

static bool emit(struct json_statements *json, unsigned line, char end, struct statement *ret) {
        json->buffer[json->length] = '\0';
        json->length = 0;
        *ret = (struct statement){ .text = json->buffer, .line = line, .end = end };
        return true;
}

static bool fail(struct json_statements *json) {
        json->is_malformed = true;
        return false;
}

static char closing_of(char opening) {
        if (opening == '<')
                return '>';
        return opening == '[' ? ']' : '}';
}

/* The object, list or file that a member is. Return: 1 if it begins a block, which is in @ret; 0 if
 * it does not; -EINVAL. */
static int begin_level(struct json_statements *json, char opening, const struct token *member,
                       struct statement *ret) {
        struct token name = name_of(json, member);

        if (!open_level(json, closing_of(opening), &name))
                return -EINVAL;
        json->position += opening != '<';
        if (opening == '[' || !name.start)
                return 0;
        append_name(json, &name);
        return emit(json, json->line, '{', ret);
}

/* Return: as begin_level(), of the end of a block. */
static int end_level(struct json_statements *json, char closing, struct statement *ret) {
        const struct json_level *level = innermost(json);

        if (!level || level->closing != closing)
                return -EINVAL;
        json->depth--;
        json->position += closing != '>';
        return closing != ']' && level->name ? emit(json, json->line, '}', ret) : 0;
}

/* <?include "FILE"?> */
static int include(struct json_statements *json, struct statement *ret) {
        struct token path;
        unsigned line = json->line;

        if (strncmp(json->position, INCLUDE, strlen(INCLUDE)) != 0)
                return -EINVAL;
        json->position += strlen(INCLUDE);
        skip_blanks(json);
        if (*json->position != '"' || !take_value(json, &path))
                return -EINVAL;
        skip_blanks(json);
        if (strncmp(json->position, "?>", 2) != 0)
                return -EINVAL;
        json->position += 2;
        append(json, INCLUDE, strlen(INCLUDE));
        append_value(json, &path);
        return emit(json, line, '\n', ret);
}

/* A value, or the name of a member. @name: receives the latter. Return: 1 if it ends a statement, 0
 * if not, -EINVAL. */
static int read_value(struct json_statements *json, struct token *name, unsigned *line,
                      struct statement *ret) {
        struct token value, owner;
        unsigned start = json->line;

        if (!take_value(json, &value))
                return -EINVAL;
        skip_blanks(json);
        if (*json->position == ':' && !name->start && *value.start == '"' && !is_in(json, ']')) {
                json->position++;
                *name = value;
                return 0;
        }
        if (json->length == 0) {
                owner = name_of(json, name);
                if (owner.start)
                        append_name(json, &owner);
                else if (json->depth == 0)
                        append(json, VALUES_KEYWORD, strlen(VALUES_KEYWORD));
                *line = start;
        }
        append_value(json, &value);
        return is_in(json, ']') ? 0 : emit(json, *line, '\n', ret);
}

/* Return: 1 and a statement, 0 if more has to be read, -EINVAL. */
static int read_token(struct json_statements *json, struct token *name, unsigned *line,
                      struct statement *ret) {
        struct token none = { 0 };
        char first = *json->position;

        if (strchr("{}[]<", first) && json->length > 0) /* behind values of a list */
                return emit(json, *line, '\n', ret);
        switch (first) {
        case ',':
                json->position++;
                return 0;
        case '{':
        case '[':
                none = *name;
                *name = (struct token){ 0 };
                return begin_level(json, first, &none, ret);
        case '}':
        case ']':
                return end_level(json, first, ret);
        case '<':
                return name->start || is_in(json, ']') ? begin_level(json, first, name, ret)
                                                       : include(json, ret);
        default:
                return read_value(json, name, line, ret);
        }
}

bool json_statements_next(struct json_statements *json, struct statement *ret) {
        struct token name = { 0 };
        unsigned line = json->line;
        int r = 0;

        while (r == 0) {
                skip_blanks(json);
                /* The file that is the value of a member was included. */
                if (is_in(json, '>') && *json->position != '<')
                        return end_level(json, '>', ret) > 0;
                if (json->position == json->end)
                        return json->depth > 0 || name.start || json->length > 0 ? fail(json)
                                                                                 : false;
                r = read_token(json, &name, &line, ret);
        }
        return r > 0 || fail(json);
}
