/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/command-line-words.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"

#include <string.h>

/* Writes the value of a specifier (systemd.unit(5)). Return: the last byte that was read. */
static const char *expand(const char *percent, const char *instance, FILE *out) {
        if (percent[1] == '%')
                (void)putc('%', out);
        else if (percent[1] == 'i' && instance)
                (void)fputs(instance, out);
        else {
                (void)putc('%', out);
                return percent;
        }
        return percent + 1;
}

/* Reads one word. Return: the text after it. */
static const char *read_word(const char *text, const char *instance, FILE *out) {
        char quote = '\0';

        for (; *text && (quote || !strchr(SYSTEMD_WHITESPACE, *text)); text++) {
                if (quote ? *text == quote : *text == '"' || *text == '\'')
                        quote = (char)(quote ^ *text);
                else if (*text == '\\' && text[1])
                        (void)putc(*++text, out);
                else if (*text == '%')
                        text = expand(text, instance, out);
                else
                        (void)putc(*text, out);
        }
        return text;
}

int command_line_words_add(const char *text, const char *instance, struct string_list *ret) {
        while (text += strspn(text, SYSTEMD_WHITESPACE), *text) {
                char *word = NULL;
                size_t size;
                FILE *out = open_memstream(&word, &size);
                int r;

                if (!out)
                        return -ENOMEM;
                text = read_word(text, instance, out);
                if (memstream_close(out, &word) < 0) {
                        free(word);
                        return -ENOMEM;
                }
                r = string_list_take(ret, word);
                if (r < 0)
                        return r;
        }
        return 0;
}
