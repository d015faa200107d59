/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/haproxy/line-words.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"

#include <ctype.h>
#include <string.h>

enum {
        LINE_LENGTH_MAX = 16 << 10, /* bytes, variables replaced */
        NAME_LENGTH_MAX = 255,      /* bytes of a variable's name */
};

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define NAME    LETTERS "0123456789_"

/* Words are written one after the other, each with a NUL behind it. */
struct splitter {
        const char *in;
        FILE *out;
        bool in_single, in_double; /* quotes */
        const struct variables *variables;
        const struct words_place *place;
};

static bool is_blank(char c) {
        return c && strchr(C_WHITESPACE, c);
}

/* Behind the backslash of "\xNN". Return: 0 or -EINVAL. */
static int read_hex(struct splitter *splitter) {
        const char *p = splitter->in + 1;
        char digits[3] = { 0 }, c;

        if (!isxdigit((unsigned char)p[0]) || !isxdigit((unsigned char)p[1]))
                return -EINVAL;
        memcpy(digits, p, 2);
        c = (char)strtoul(digits, NULL, 16);
        if (c == '\0' || c == VARIABLE_UNKNOWN[0])
                return -EINVAL;
        (void)putc(c, splitter->out);
        splitter->in += 3;
        return 0;
}

/* At a backslash that is not in single quotes. Return: 0 or -EINVAL. */
static int read_escape(struct splitter *splitter) {
        static const char REPLACED[] = "t\tn\nr\r";
        char c = *++splitter->in;

        if (c == 'x')
                return read_hex(splitter);
        for (const char *p = REPLACED; *p; p += 2)
                if (c == p[0]) {
                        (void)putc(p[1], splitter->out);
                        splitter->in++;
                        return 0;
                }
        if (c && (strchr(" \\#'\"", c) || (c == '$' && splitter->in_double)))
                splitter->in++;
        else
                c = '\\';
        (void)putc(c, splitter->out);
        return 0;
}

/* Reads the name at the position. Return: whether it is one. */
static bool read_name(struct splitter *splitter, char name[static NAME_LENGTH_MAX + 1]) {
        const char *start = splitter->in;
        size_t length;

        if (!*start || !strchr(LETTERS "_.", *start))
                return false;
        length = 1 + strspn(start + 1, NAME);
        if (length > NAME_LENGTH_MAX)
                return false;
        memcpy(name, start, length);
        name[length] = '\0';
        splitter->in += length;
        return true;
}

/* @number: for the value of ".LINE". Return: NULL if it is not assigned. */
static const char *lookup(const struct splitter *splitter, const char *name,
                          char number[static 16]) {
        if (name[0] != '.')
                return haproxy_variables_get(splitter->variables, name);
        if (strcmp(name, ".FILE") == 0)
                return splitter->place->file;
        if (strcmp(name, ".SECTION") == 0)
                return splitter->place->section;
        (void)snprintf(number, 16, "%u", splitter->place->line);
        return strcmp(name, ".LINE") == 0 ? number : NULL;
}

/* @is_list: blanks in it separate words. */
static void write_value(struct splitter *splitter, const char *value, size_t length, bool is_list) {
        for (const char *end = value + length; value < end;) {
                if (!is_list || !is_blank(*value)) {
                        (void)putc(*value++, splitter->out);
                        continue;
                }
                (void)putc('\0', splitter->out);
                while (value < end && is_blank(*value))
                        value++;
        }
}

/* haproxy 3.0 skips the quote behind a variable that is not assigned, with the blanks that follow,
 * so that no empty word is left. In 2.6 there is one. */
static void skip_empty_word(struct splitter *splitter) {
        if (*splitter->in != '"')
                return;
        splitter->in++;
        splitter->in += strspn(splitter->in, C_WHITESPACE);
        splitter->in_double = false;
}

/* At a '$' in double quotes. Return: 0 or -EINVAL. */
static int read_variable(struct splitter *splitter) {
        bool has_brace = *++splitter->in == '{', is_list = false;
        char name[NAME_LENGTH_MAX + 1], number[16];
        const char *value;
        size_t length;

        splitter->in += has_brace;
        if (!read_name(splitter, name))
                return -EINVAL;
        value = lookup(splitter, name, number);
        length = value ? strlen(value) : 0;
        if (has_brace && *splitter->in == '[') {
                if (strncmp(splitter->in, "[*]", 3) != 0)
                        return -EINVAL;
                is_list = true;
                splitter->in += 3;
        }
        if (has_brace) {
                size_t rest = *splitter->in == '-' ? strcspn(splitter->in, "}\r\n") : 0;

                if (!value && rest > 0) {
                        value = splitter->in + 1;
                        length = rest - 1;
                }
                splitter->in += rest;
                if (*splitter->in++ != '}')
                        return -EINVAL;
        }
        if (value)
                write_value(splitter, value, length, is_list);
        else
                skip_empty_word(splitter);
        return 0;
}

/* Reads one byte, or what it introduces. Return: 0 or -EINVAL. */
static int read_item(struct splitter *splitter) {
        bool is_quoted = splitter->in_single || splitter->in_double;
        char c = *splitter->in;

        if (c == '"' && !splitter->in_single) {
                splitter->in_double = !splitter->in_double;
                splitter->in++;
        } else if (c == '\'' && !splitter->in_double) {
                splitter->in_single = !splitter->in_single;
                splitter->in++;
        } else if (c == '\\' && !splitter->in_single) {
                return read_escape(splitter);
        } else if (is_blank(c) && !is_quoted) {
                splitter->in += strspn(splitter->in, C_WHITESPACE);
                (void)putc('\0', splitter->out);
        } else if (c == '$' && splitter->in_double) {
                return read_variable(splitter);
        } else {
                (void)putc(c, splitter->out);
                splitter->in++;
        }
        return 0;
}

static int read_line(struct splitter *splitter) {
        int r = 0;

        while (r >= 0 && *splitter->in && !strchr("\r\n", *splitter->in)) {
                bool is_quoted = splitter->in_single || splitter->in_double;

                if (*splitter->in == '#' && !is_quoted)
                        break;
                if (ftell(splitter->out) > LINE_LENGTH_MAX)
                        return -E2BIG;
                r = read_item(splitter);
        }
        return r < 0 || splitter->in_single || splitter->in_double ? -EINVAL : 0;
}

int words_split(const char *line, const struct variables *variables,
                const struct words_place *place, struct string_list *ret) {
        CLEANUP(freep) char *text = NULL;
        CLEANUP(fclosep) FILE *out = NULL;
        struct splitter splitter = { .variables = variables, .place = place };
        size_t size;
        int r;

        splitter.in = line + strspn(line, LINE_WHITESPACE);
        splitter.out = out = open_memstream(&text, &size);
        if (!out)
                return -ENOMEM;
        r = read_line(&splitter);
        if (memstream_close(TAKE_POINTER(out), &text) < 0)
                return -ENOMEM;

        for (const char *p = text; r >= 0 && p < text + size; p += strlen(p) + 1)
                r = string_list_add(ret, p);
        return r;
}

char *words_expand_address(const char *text, const struct variables *variables) {
        CLEANUP(freep) char *result = NULL;
        CLEANUP(fclosep) FILE *out = NULL;
        size_t size;

        out = open_memstream(&result, &size);
        if (!out)
                return NULL;
        while (*text) {
                char name[NAME_LENGTH_MAX + 1];
                const char *value;
                bool has_brace;
                size_t length;

                if (*text != '$') {
                        (void)putc(*text++, out);
                        continue;
                }
                has_brace = *++text == '{';
                text += has_brace;
                length = strspn(text, NAME);
                (void)snprintf(name, sizeof(name), "%.*s", (int)(length < 255 ? length : 255),
                               text);
                value = haproxy_variables_get(variables, name);
                if (value && ftell(out) <= LINE_LENGTH_MAX)
                        (void)fputs(value, out);
                text += length;
                text += has_brace && *text == '}';
        }
        return memstream_close(TAKE_POINTER(out), &result) == 0 ? TAKE_POINTER(result) : NULL;
}
