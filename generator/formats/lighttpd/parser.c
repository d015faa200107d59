/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/lighttpd/parser.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/lighttpd/expression.h"
#include "formats/lighttpd/inclusion.h"
#include "log.h"

#include <string.h>

/* As many as lighttpd's own parser can stack (YYSTACKDEPTH of lemon). */
enum { DEPTH_MAX = 100, PRINTED_MAX = 100 };

static const struct scanner_syntax SYNTAX = {
        .blanks = " \t\r\xc2\xa0", /* U+00A0, the no-break space, is one; no key has its bytes */
        .comments = "#",
        .comments_in_words = true,
        .quotes = "\"",
        .quotes_only_at_start = true,
        .quotes_end_words = true,
        .quotes_span_lines = true,
        .escaped_in_quotes = "\"",
        .marks = "=!~^$+:,(){}[]>",
};

static int read_lines(struct parsed_file *file);

static int add_socket(struct parsed_file *file, const struct token *start, size_t block,
                      const struct value *value) {
        struct parser *parser = file->parser;
        struct server_socket socket = { .block = block, .line = start->line };

        if (parser->socket_count == BLOCKS_MAX)
                return 0;
        if (array_make_room(parser->sockets, parser->socket_count) < 0)
                return -ENOMEM;
        parser->sockets[parser->socket_count++] = socket;
        struct server_socket *added = &parser->sockets[parser->socket_count - 1];

        added->file = strdup(file->path);
        added->text = scanner_copy_line(&file->scanner, start);
        if (!added->file || !added->text)
                return -ENOMEM;
        return value_set(&added->value, value->type, value->text);
}

/* Where server.bind is, for the plan; its value is a variable like any other. */
static int remember_bind(struct parsed_file *file, const struct token *start) {
        struct server_socket *bind = &file->parser->bind;

        free(bind->file);
        free(bind->text);
        bind->file = strdup(file->path);
        bind->text = scanner_copy_line(&file->scanner, start);
        bind->line = start->line;
        return bind->file && bind->text ? 0 : -ENOMEM;
}

/* "=", ":=" or "+=". Return: that byte, ':' or '+', or 0 if it is none of them. */
static char read_op(struct parsed_file *file) {
        char op = '=';

        if (token_is_mark(file, ':') || token_is_mark(file, '+')) {
                op = file->token.mark;
                token_next(file);
        }
        if (!token_is_mark(file, '='))
                return 0;
        token_next(file);
        return op;
}

/* "+=" in a block extends what the blocks around it have assigned, for this block alone. */
static int assign(struct parser *parser, const char *key, char op, struct value *value) {
        const struct value *old = variables_get(&parser->variables, parser->block, key);
        CLEANUP(value_clear) struct value sum = { 0 };
        int r;

        if (op == '=' && variables_get_in(&parser->variables, parser->block, key))
                return -EINVAL; /* "Duplicate config variable" */
        if (op != '+' || !old)
                return variables_set(&parser->variables, parser->block, key, value);
        r = value_set(&sum, old->type, old->text);
        if (r >= 0)
                r = value_append(&sum, value);
        return r < 0 ? r : variables_set(&parser->variables, parser->block, key, &sum);
}

static int read_assignment(struct parsed_file *file) {
        CLEANUP(value_clear) struct value value = { 0 };
        CLEANUP(freep) char *key = key_copy(file->token.text);
        struct token start = file->token;
        char op;
        int r;

        if (!key)
                return -ENOMEM;
        token_next(file);
        op = read_op(file);
        if (op == 0)
                return -EINVAL;
        r = expression_read(file, &value);
        if (r >= 0)
                r = assign(file->parser, key, op, &value);
        if (r >= 0 && file->parser->block == BLOCK_GLOBAL && strcmp(key, "server.bind") == 0)
                r = remember_bind(file, &start);
        return r;
}

static int read_block(struct parsed_file *file, size_t block) {
        size_t outer = file->parser->block;
        int r = token_skip_mark(file, '{');

        if (r < 0)
                return r;
        if (file->depth == DEPTH_MAX)
                return -E2BIG;
        file->depth++;
        file->parser->block = block;
        r = read_lines(file);
        file->parser->block = outer;
        file->depth--;
        return r < 0 ? r : token_skip_mark(file, '}');
}

/* The two bytes of an operator of a condition: "==", "!=", "=~", "!~", "=^", "=$". */
static int read_comparison(struct parsed_file *file, char ret[static 3]) {
        for (size_t i = 0; i < 2; i++) {
                if (file->token.type != TOKEN_MARK)
                        return -EINVAL;
                ret[i] = file->token.mark;
                token_next(file);
        }
        ret[2] = '\0';
        return 0;
}

/* $SERVER["socket"] == "…": each that is compared with "==" is bound, whatever the blocks around it
 * say, as they are not evaluated before a request (network_init() in src/network.c). */
static int read_condition(struct parsed_file *file) {
        CLEANUP(value_clear) struct value field = { 0 }, value = { 0 };
        CLEANUP(freep) char *object = NULL, *condition = NULL;
        struct token start = file->token;
        char comparison[3];
        size_t block;
        int r;

        token_next(file); /* '$' */
        if (file->token.type != TOKEN_WORD || file->token.is_quoted)
                return -EINVAL;
        object = strdup(file->token.text);
        if (!object)
                return -ENOMEM;
        token_next(file);
        r = token_skip_mark(file, '[');
        if (r >= 0)
                r = expression_read(file, &field);
        if (r >= 0)
                r = token_skip_mark(file, ']');
        if (r >= 0)
                r = read_comparison(file, comparison);
        if (r >= 0)
                r = expression_read(file, &value);
        if (r < 0)
                return r;
        if (asprintf(&condition, "$%s[\"%s\"] %s \"%s\"", object, field.text, comparison,
                     value.text) < 0)
                return -ENOMEM;
        r = variables_enter(&file->parser->variables, file->parser->block,
                            value.type == VALUE_UNKNOWN ? NULL : condition, &block);
        if (r >= 0 && strcmp(object, "SERVER") == 0 && strcmp(field.text, "socket") == 0 &&
            strcmp(comparison, "==") == 0)
                r = add_socket(file, &start, block, &value);
        return r < 0 ? r : read_block(file, block);
}

static int read_else(struct parsed_file *file) {
        size_t block;
        int r;

        token_next(file);
        if (token_is_plain(file, "if"))
                token_next(file);
        if (token_is_mark(file, '$'))
                return read_condition(file);
        r = variables_enter(&file->parser->variables, file->parser->block, NULL, &block);
        return r < 0 ? r : read_block(file, block);
}

static int read_include(struct parsed_file *file, bool is_shell) {
        CLEANUP(value_clear) struct value value = { 0 };
        unsigned line = file->token.line;
        int r;

        token_next(file);
        r = expression_read(file, &value);
        if (r < 0)
                return r;
        return is_shell ? inclusion_read_shell(file, line, &value)
                        : inclusion_read(file, line, &value);
}

static bool is_else(const struct parsed_file *file) {
        static const char *const WORDS[] = { "else", "elif", "elsif", "elseif" };

        for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
                if (token_is_plain(file, WORDS[i]))
                        return true;
        return false;
}

static int read_line(struct parsed_file *file) {
        if (token_is_plain(file, "if"))
                token_next(file);
        if (token_is_mark(file, '$'))
                return read_condition(file);
        if (file->token.type != TOKEN_WORD || file->token.is_quoted)
                return -EINVAL;
        if (is_else(file))
                return read_else(file);
        if (token_is_plain(file, "include"))
                return read_include(file, false);
        if (token_is_plain(file, "include_shell"))
                return read_include(file, true);
        if (token_is_plain(file, "global")) {
                token_next(file);
                return read_block(file, BLOCK_GLOBAL);
        }
        return read_assignment(file);
}

static int read_lines(struct parsed_file *file) {
        int r = 0;

        while (r >= 0 && file->token.type != TOKEN_END && !token_is_mark(file, '}') &&
               !file->files->stopped)
                r = read_line(file);
        return r;
}

static void file_clear(struct parsed_file *file) {
        scanner_clear(&file->scanner);
}

/* @line: of the beginning of @content */
static int read_content(struct included_files *files, const char *path, unsigned line,
                        const char *content) {
        CLEANUP(file_clear)
        struct parsed_file file = { .parser = files->data, .files = files, .path = path };
        int r;

        r = scanner_init(&file.scanner, &SYNTAX, content);
        if (r < 0)
                return r;
        file.scanner.line = line;
        token_next(&file);
        r = read_lines(&file);
        if (r >= 0 && file.token.type != TOKEN_END && !files->stopped)
                r = -EINVAL;
        if (r == -ENOMEM)
                return r;
        if (r < 0 && !files->stopped) {
                log_warning(path, file.token.line,
                            r == -E2BIG ? "Too many blocks or variables, ignoring the rest."
                                        : "Not a statement of lighttpd, ignoring the rest.");
                files->stopped = true;
        }
        return 0;
}

int parser_read_file(struct included_files *files, const char *path, char *content) {
        return read_content(files, path, 1, content);
}

int parser_read_text(const struct parsed_file *file, unsigned line, const char *text) {
        if (file->parser->printed == PRINTED_MAX)
                return -E2BIG;
        file->parser->printed++;
        return read_content(file->files, file->path, line, text);
}

void parser_clear(struct parser *parser) {
        for (size_t i = 0; i < parser->socket_count; i++) {
                value_clear(&parser->sockets[i].value);
                free(parser->sockets[i].file);
                free(parser->sockets[i].text);
        }
        free(parser->sockets);
        free(parser->bind.file);
        free(parser->bind.text);
        variables_clear(&parser->variables);
}
