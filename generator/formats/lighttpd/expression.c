/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/lighttpd/expression.h"

#include "common/cleanup.h"
#include "formats/shell/environment.h"

#include <string.h>

bool token_is_mark(const struct parsed_file *file, char mark) {
        return file->token.type == TOKEN_MARK && file->token.mark == mark;
}

bool token_is_plain(const struct parsed_file *file, const char *word) {
        return file->token.type == TOKEN_WORD && !file->token.is_quoted &&
               strcmp(file->token.text, word) == 0;
}

void token_next(struct parsed_file *file) {
        (void)scanner_next(&file->scanner, &file->token);
}

int token_skip_mark(struct parsed_file *file, char mark) {
        if (!token_is_mark(file, mark))
                return -EINVAL;
        token_next(file);
        return 0;
}

char *key_copy(const char *word) {
        char *key;

        return asprintf(&key, "%s%s", strchr(word, '.') ? "" : "var.", word) < 0 ? NULL : key;
}

/* The elements are not needed, only where they end. */
static int skip_array(struct parsed_file *file, struct value *ret) {
        unsigned depth = 0;

        do {
                if (file->token.type == TOKEN_END || token_is_mark(file, '{'))
                        return -EINVAL;
                if (token_is_mark(file, '('))
                        depth++;
                if (token_is_mark(file, ')'))
                        depth--;
                token_next(file);
        } while (depth > 0);
        return value_set(ret, VALUE_ARRAY, "");
}

/*
 * To lighttpd a variable that is not assigned is an error. Here it may have been assigned by what
 * was not read, such as include_shell or the environment of systemd itself.
 */
static int read_variable(const struct parsed_file *file, const char *key, struct value *ret) {
        const struct parser *parser = file->parser;
        const struct value *value = NULL;
        const char *text = NULL;

        if (strncmp(key, "env.", 4) == 0) {
                if (parser->environment)
                        text = environment_get(parser->environment, key + 4);
                return value_set(ret, text ? VALUE_STRING : VALUE_UNKNOWN, text ? text : "");
        }
        value = variables_get(&parser->variables, parser->block, key);
        return value ? value_set(ret, value->type, value->text) : value_set(ret, VALUE_UNKNOWN, "");
}

static int read_value(struct parsed_file *file, struct value *ret) {
        CLEANUP(freep) char *key = NULL;
        int r;

        if (token_is_mark(file, '('))
                return skip_array(file, ret);
        if (file->token.type != TOKEN_WORD || file->token.is_unclosed)
                return -EINVAL;
        if (file->token.is_quoted) {
                r = value_set(ret, VALUE_STRING, file->token.text);
        } else if (strspn(file->token.text, "0123456789") == strlen(file->token.text)) {
                r = value_set(ret, VALUE_INTEGER, file->token.text);
        } else {
                key = key_copy(file->token.text);
                r = key ? read_variable(file, key, ret) : -ENOMEM;
        }
        token_next(file);
        return r;
}

int expression_read(struct parsed_file *file, struct value *ret) {
        int r = read_value(file, ret);

        while (r >= 0 && token_is_mark(file, '+')) {
                CLEANUP(value_clear) struct value value = { 0 };

                token_next(file);
                r = read_value(file, &value);
                if (r >= 0)
                        r = value_append(ret, &value);
        }
        return r;
}
