/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/values.h"

#include "common/whitespace.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Bytes of an address with its scope, port and protocol; no longer value is one. */
enum { VALUE_SIZE = 128 };

#define SEPARATORS LINE_WHITESPACE ",;()\"'`"

const char *value_next(const char **cursor, size_t *ret_length) {
        const char *value = *cursor + strspn(*cursor, SEPARATORS);

        *ret_length = strcspn(value, SEPARATORS);
        *cursor = value + *ret_length;
        return *ret_length > 0 ? value : NULL;
}

bool values_contain(const char *values, const char *word) {
        const char *value;
        size_t length;

        while ((value = value_next(&values, &length)))
                if (length == strlen(word) && strncasecmp(value, word, length) == 0)
                        return true;
        return false;
}

/* "PROTOCOL@ADDR" or "ADDR@PORT": the address is the side with colons. */
static char *strip_around(char *text, bool *ret_has_scheme) {
        char *scheme = strstr(text, "://");
        char *at;

        *ret_has_scheme = scheme;
        if (scheme)
                text = scheme + 3;
        text[strcspn(text, "#")] = '\0';
        at = strchr(text, '@');
        if (at && !memchr(text, ':', (size_t)(at - text)))
                text = at + 1;
        text[strcspn(text, "@")] = '\0';
        return text;
}

static char *strip_brackets(char *text, bool has_scheme) {
        static const char WORD[] =
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
        size_t name = strspn(text, WORD);
        char *end = strchr(text, ']');

        /* "PROTOCOL[NAME]:[ADDR]:PORT" */
        if (name > 0 && text[name] == '[' && end && strncmp(end, "]:[", 3) == 0) {
                text = end + 2;
                end = strchr(text, ']');
                name = 0;
        }
        /* "NAME=[ADDR]:PORT", "PROTOCOL:[ADDR]:PORT", "PROTOCOL/[ADDR]" */
        if (name > 0 && text[name] && strchr("=:/", text[name]) && text[name + 1] == '[')
                text += name + 1;
        /* "[ADDR" and "ADDR]" are the first and the last of a list: "[::1, ::2]". */
        if (end && text[0] == '[' && end[1] && !strchr(has_scheme ? ":/" : ":", end[1]))
                return NULL;
        if (end)
                *end = '\0';
        return text + (text[0] == '[');
}

int value_parse(const char *value, size_t length, bool port_after_last_colon, struct pattern *ret) {
        char buffer[VALUE_SIZE], *text = buffer;
        bool has_scheme;

        if (length > 0 && *value == '<') {
                value++;
                length--;
        }
        if (length > 0 && value[length - 1] == '>')
                length--;
        if (length >= sizeof(buffer))
                return -EINVAL;
        memcpy(buffer, value, length);
        buffer[length] = '\0';

        text = strip_around(text, &has_scheme);
        if (strpbrk(text, "[]"))
                text = strip_brackets(text, has_scheme);
        else if (port_after_last_colon && strchr(text, ':'))
                *strrchr(text, ':') = '\0';
        if (!text || !strchr(text, ':'))
                return -EINVAL;
        return pattern_parse_address(text, ret);
}
