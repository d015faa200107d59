/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/exec-variables.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "input/quoted-word.h"
#include "input/variable-list.h"

#include <string.h>

/* Linux: three quarters of _STK_LIM for all arguments and variables (fs/exec.c). */
enum { EXPANDED_MAX = 6 << 20, WORDS_MAX = 20000 };

struct expansion {
        const struct string_list *environment;
        struct string_list *words, *unset;
};

/* Return: the value, or NULL, then the name is added to the list. */
static const char *get(struct expansion *expansion, const char *name, size_t length) {
        const char *value = environment_get_n(expansion->environment, name, length);
        CLEANUP(freep) char *copy = NULL;

        if (value || expansion->unset->count >= EXEC_UNSET_MAX)
                return value;
        copy = strndup(name, length);
        if (copy && !string_list_contains(expansion->unset, copy))
                (void)string_list_take(expansion->unset, TAKE_POINTER(copy));
        return NULL;
}

/* @text: at "${". Return: what follows it, or what of it systemd leaves as it is: all up to a ':',
 * or to the end where no '}' follows. */
static const char *replace(struct expansion *expansion, const char *text, FILE *out) {
        const char *name = text + strlen("${"), *end = name + strcspn(name, "}:");
        const char *value;

        if (*end != '}') {
                (void)fwrite(text, 1, (size_t)(end - text), out);
                return end;
        }
        value = get(expansion, name, (size_t)(end - name));
        if (value)
                (void)fputs(value, out);
        return end + 1;
}

static void write_word(struct expansion *expansion, const char *word, FILE *out) {
        while (*word && ftell(out) <= EXPANDED_MAX) {
                if (word[0] == '$' && word[1] == '{') {
                        word = replace(expansion, word, out);
                        continue;
                }
                (void)putc(*word, out);
                word += word[0] == '$' && word[1] == '$' ? 2 : 1;
        }
}

static int add_replaced(struct expansion *expansion, const char *word) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *out;

        if (!strchr(word, '$'))
                return string_list_add(expansion->words, word);
        out = open_memstream(&text, &size);
        if (!out)
                return -ENOMEM;
        write_word(expansion, word, out);
        if (memstream_close(out, &text) < 0)
                return -ENOMEM;
        return string_list_take(expansion->words, TAKE_POINTER(text));
}

/* One word more than the limit shows that there are too many. */
static int add_split(const char *value, struct string_list *ret) {
        char *word;
        int r = 0;

        while (ret->count <= WORDS_MAX && (r = quoted_word_next(&value, QUOTED_ANY, &word)) > 0) {
                r = string_list_take(ret, word);
                if (r < 0)
                        return r;
        }
        return r;
}

static int expand_word(struct expansion *expansion, const char *word) {
        const char *value;

        if (word[0] != '$' || word[1] == '{' || word[1] == '$')
                return add_replaced(expansion, word);
        value = get(expansion, word + 1, strlen(word + 1));
        return value ? add_split(value, expansion->words) : 0;
}

int exec_variables_expand(const struct string_list *words, const struct string_list *environment,
                          struct string_list *ret, struct string_list *ret_unset) {
        struct expansion expansion = { environment, ret, ret_unset };
        size_t size = 0;

        for (size_t i = 0; i < words->count; i++) {
                size_t before = ret->count;
                int r = expand_word(&expansion, words->items[i]);

                if (r < 0)
                        return r;
                for (size_t k = before; k < ret->count; k++)
                        size += strlen(ret->items[k]) + 1 + sizeof(char *);
                if (size > EXPANDED_MAX || ret->count > WORDS_MAX)
                        return -E2BIG;
        }
        return 0;
}
