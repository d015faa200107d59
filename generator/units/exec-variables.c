/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/exec-variables.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "input/quoted-word.h"
#include "input/variable-list.h"

#include <string.h>

/* Linux: three quarters of _STK_LIM for all arguments and variables (fs/exec.c). */
enum { EXPANDED_MAX = 6 << 20 };

/* @text: at "${". Return: behind its '}'; NULL if systemd does not replace it. */
static const char *replace(const char *text, const struct string_list *environment, FILE *out) {
        size_t length = strcspn(text + 2, "}:");
        const char *value;

        if (text[2 + length] != '}')
                return NULL;
        value = environment_get_n(environment, text + 2, length);
        if (value)
                (void)fputs(value, out);
        return text + 2 + length + 1;
}

static void write_word(const char *word, const struct string_list *environment, FILE *out) {
        while (*word && ftell(out) <= EXPANDED_MAX) {
                const char *next = NULL;

                if (word[0] == '$' && word[1] == '{')
                        next = replace(word, environment, out);
                if (next) {
                        word = next;
                        continue;
                }
                (void)putc(*word, out);
                word += word[0] == '$' && word[1] == '$' ? 2 : 1;
        }
}

static int add_replaced(const char *word, const struct string_list *environment,
                        struct string_list *ret) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);

        if (!out)
                return -ENOMEM;
        write_word(word, environment, out);
        if (memstream_close(out, &text) < 0)
                return -ENOMEM;
        return string_list_take(ret, TAKE_POINTER(text));
}

static int add_split(const char *value, struct string_list *ret) {
        char *word;
        int r;

        while ((r = quoted_word_next(&value, QUOTED_ANY, &word)) > 0) {
                r = string_list_take(ret, word);
                if (r < 0)
                        return r;
        }
        return r;
}

static int expand_word(const char *word, const struct string_list *environment,
                       struct string_list *ret) {
        const char *value;

        if (word[0] != '$' || word[1] == '{' || word[1] == '$')
                return add_replaced(word, environment, ret);
        value = environment_get(environment, word + 1);
        return value ? add_split(value, ret) : 0;
}

int exec_variables_expand(const struct string_list *words, const struct string_list *environment,
                          struct string_list *ret) {
        size_t size = 0;

        for (size_t i = 0; i < words->count; i++) {
                size_t before = ret->count;
                int r = expand_word(words->items[i], environment, ret);

                if (r < 0)
                        return r;
                for (size_t k = before; k < ret->count; k++)
                        size += strlen(ret->items[k]) + 1 + sizeof(char *);
                if (size > EXPANDED_MAX)
                        return -E2BIG;
        }
        return 0;
}
