/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/quoted-word.h"

#include "common/cleanup.h"
#include "common/whitespace.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A word that is measured first, and then written: it is shorter than what it is read from. */
struct word {
        char *text; /* NULL: it is being measured */
        size_t length;
};

static void put(unsigned c, struct word *word) {
        if (word->text)
                word->text[word->length] = (char)c;
        word->length++;
}

/* Return: the value, or -EINVAL if these are not @count digits. */
static long read_digits(const char *text, int count, int base) {
        char digits[9] = "", *end;
        long value;

        for (int i = 0; i < count; i++) {
                if (!text[i] || !strchr("0123456789abcdefABCDEF", text[i]))
                        return -EINVAL;
                digits[i] = text[i];
        }
        value = strtol(digits, &end, base);
        return *end ? -EINVAL : value;
}

/* Return: 0; -EINVAL if it is no character of Unicode. */
static int write_utf8(long character, struct word *out) {
        unsigned c = (unsigned)character;

        if (character <= 0 || character > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
                return -EINVAL;
        if (c < 0x80) {
                put(c, out);
                return 0;
        }
        if (c >= 0x10000)
                put((0xf0 | c >> 18), out);
        if (c >= 0x800)
                put((c >= 0x10000 ? 0x80 | (c >> 12 & 0x3f) : 0xe0 | c >> 12), out);
        put((c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6), out);
        put((0x80 | (c & 0x3f)), out);
        return 0;
}

/* One byte by its number. Return: how many characters were read, or -EINVAL. */
static int write_byte(const char *digits, int count, int base, struct word *out) {
        long byte = read_digits(digits, count, base);

        if (byte <= 0 || byte > UINT8_MAX)
                return -EINVAL;
        put((unsigned)byte, out);
        return count;
}

/* @text: behind the backslash. Return: how many bytes of it were read; -EINVAL if it is no escape
 * (cunescape_one() in systemd's src/basic/escape.c). */
static int write_escape(const char *text, struct word *out) {
        static const char NAMES[] = "abfnrtv\\\"'s", VALUES[] = "\a\b\f\n\r\t\v\\\"' ";
        const char *name = text[0] ? strchr(NAMES, text[0]) : NULL;
        int count = text[0] == 'u' ? 4 : 8;

        if (name) {
                put(VALUES[name - NAMES], out);
                return 1;
        }
        switch (text[0]) {
        case 'x':
                count = write_byte(text + 1, 2, 16, out);
                return count < 0 ? count : 1 + count;
        case 'u':
        case 'U':
                return write_utf8(read_digits(text + 1, count, 16), out) < 0 ? -EINVAL : 1 + count;
        default:
                return write_byte(text, 3, 8, out);
        }
}

/* @text: at a backslash. Return: how many bytes were read; -EINVAL. */
static int read_backslash(const char *text, enum quoted_escapes escapes, struct word *out) {
        int r;

        if (escapes == QUOTED_ANY) {
                if (text[1])
                        put(text[1], out);
                return text[1] ? 2 : 1;
        }
        r = write_escape(text + 1, out);
        if (r >= 0)
                return 1 + r;
        if (escapes == QUOTED_ESCAPES)
                return -EINVAL;
        put('\\', out);
        if (text[1])
                put(text[1], out);
        return text[1] ? 2 : 1;
}

/* Return: 0 or -EINVAL. */
static int read_word(const char **cursor, enum quoted_escapes escapes, struct word *out) {
        const char *p = *cursor;
        char quote = '\0';

        while (*p && (quote || !strchr(SYSTEMD_WHITESPACE, *p))) {
                if (*p == '\\') {
                        int r = read_backslash(p, escapes, out);

                        if (r < 0)
                                return r;
                        p += r;
                        continue;
                }
                if (quote ? *p == quote : *p == '"' || *p == '\'')
                        quote = (char)(quote ^ *p);
                else
                        put(*p, out);
                p++;
        }
        *cursor = p + strspn(p, SYSTEMD_WHITESPACE);
        return quote && escapes != QUOTED_ANY ? -EINVAL : 0;
}

int quoted_word_next(const char **cursor, enum quoted_escapes escapes, char **ret) {
        struct word measured = { 0 }, word = { 0 };
        const char *start;
        int r;

        *ret = NULL;
        *cursor += strspn(*cursor, SYSTEMD_WHITESPACE);
        if (!**cursor)
                return 0;
        start = *cursor;
        r = read_word(cursor, escapes, &measured);
        if (r < 0)
                return r;
        word.text = malloc(measured.length + 1);
        if (!word.text)
                return -ENOMEM;
        (void)read_word(&start, escapes, &word);
        word.text[word.length] = '\0';
        *ret = word.text;
        return 1;
}
