/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/script-words.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"
#include "input/variable-list.h"

#include <string.h>

/* A variable may be long, and occur often. What is cut off counts as unknown. */
enum { TEXT_MAX = 1 << 16 };

struct script {
        const struct string_list *environment, *kept;
        FILE *out; /* the words, with blanks between them */
        char quote;
};

static bool is_kept(const struct string_list *kept, const char *name, size_t length) {
        for (size_t i = 0; i < kept->count; i++)
                if (strlen(kept->items[i]) == length && memcmp(kept->items[i], name, length) == 0)
                        return true;
        return false;
}

/* A blank that is not quoted separates words. */
static void write_blank(const struct script *script) {
        (void)putc(script->quote ? ',' : ' ', script->out);
}

static void write_variable(const struct script *script, const char *name, size_t length) {
        const char *value;

        if (is_kept(script->kept, name, length)) {
                (void)fprintf(script->out, "$%.*s", (int)length, name);
                return;
        }
        value = environment_get_n(script->environment, name, length);
        if (!value || (!*value && script->quote)) /* the script may set it; "" is a word */
                (void)putc('~', script->out);
        for (; value && *value; value++)
                if (strchr(C_WHITESPACE, *value))
                        write_blank(script);
                else
                        (void)putc(*value, script->out);
}

/* @text: at "${NAME", of @length bytes. Return: what follows the name and its operation, as ":-".
 */
static const char *read_braces(const struct script *script, const char *text, size_t length) {
        const char *name = text + strlen("${"), *end = name + length;
        bool has_colon = *end == ':';
        char operation = end[has_colon];

        if (operation != '+')
                write_variable(script, name, length);
        if (*end == '}')
                return end + 1;
        /* What follows is one more word, which ends at the '}'. */
        (void)fputs(operation == '+' ? " " : "~ ", script->out);
        return end + has_colon + (operation != '\0');
}

/* @text: at a '$'. Return: what follows. */
static const char *read_dollar(const struct script *script, const char *text) {
        bool has_brace = text[1] == '{';
        const char *name = text + 1 + has_brace;
        size_t length = environment_name_length(name);

        if (text[1] == '$') /* systemd's "$$" is the shell's '$' */
                return text + 1;
        if (text[1] == '(') {
                (void)fputs(" " SCRIPT_UNKNOWN " ", script->out);
                return text + strlen("$(");
        }
        if (length == 0) { /* "$1", "$@" */
                (void)putc('$', script->out);
                return name;
        }
        if (has_brace)
                return read_braces(script, text, length);
        write_variable(script, name, length);
        return name + length;
}

/* Return: what follows what was read. */
static const char *read_character(struct script *script, const char *text) {
        if (*text == '$')
                return read_dollar(script, text);
        if (*text == '\\' && text[1]) {
                if (text[1] != '\n')
                        (void)putc(text[1], script->out);
                return text + 2;
        }
        if (*text == '`')
                (void)fputs(" " SCRIPT_UNKNOWN " ", script->out);
        else if (script->quote ? *text == script->quote : *text == '\'' || *text == '"')
                script->quote = (char)(script->quote ? '\0' : *text);
        else if (!script->quote && strchr(";|&()<>\n", *text))
                (void)fputs(" " SCRIPT_SEPARATOR " ", script->out);
        else if (*text == '{' || *text == '}' || strchr(C_WHITESPACE, *text))
                write_blank(script);
        else
                (void)putc(*text, script->out);
        return text + 1;
}

/* Of "NAME=VALUE" the words of the value. */
static int add_word(const char *word, const struct string_list *kept, struct string_list *ret) {
        size_t length = environment_name_length(word);
        CLEANUP(freep) char *value = NULL;

        if (length == 0 || word[length] != '=')
                return string_list_add(ret, word);
        if (is_kept(kept, word, length))
                return string_list_add(ret, SCRIPT_UNKNOWN);
        value = strdup(word + length + 1);
        if (!value)
                return -ENOMEM;
        for (char *comma = value; (comma = strchr(comma, ','));)
                *comma = ' ';
        return string_list_add_words(ret, value);
}

int script_words_read(const char *text, const struct string_list *environment,
                      const struct string_list *kept, struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        CLEANUP(freep) char *plain = NULL;
        struct script script = { .environment = environment, .kept = kept };
        size_t size;
        int r;

        script.out = open_memstream(&plain, &size);
        if (!script.out)
                return -ENOMEM;
        while (*text && ftell(script.out) <= TEXT_MAX)
                text = read_character(&script, text);
        if (*text)
                (void)fputs(" " SCRIPT_UNKNOWN, script.out);
        if (memstream_close(script.out, &plain) < 0)
                return -ENOMEM;
        r = string_list_add_words(&words, plain);
        for (size_t i = 0; r >= 0 && i < words.count; i++)
                r = add_word(words.items[i], kept, ret);
        return r;
}
