/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/values.h"

#include "common/whitespace.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Bytes of an address with its scope, port and protocol; no longer value is one. */
enum { VALUE_SIZE = 128 };

#define WORD "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
/* A backslash is before the quotes inside of others. */
#define SEPARATORS LINE_WHITESPACE ",;()\"'`\\"

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

/* "PROTOCOL@ADDR", "PROTOCOL:PORT@ADDR" as of libmilter, or "ADDR@PORT": the address is the side
 * with more than one colon. */
static char *strip_around(char *text, bool *ret_has_scheme) {
        char *scheme = strstr(text, "://");
        char *at, *colon;

        *ret_has_scheme = scheme;
        if (scheme)
                text = scheme + 3;
        text[strcspn(text, "#")] = '\0';
        at = strchr(text, '@');
        colon = at ? memchr(text, ':', (size_t)(at - text)) : NULL;
        if (at && (!colon || !memchr(colon + 1, ':', (size_t)(at - colon - 1))))
                text = at + 1;
        text[strcspn(text, "@")] = '\0';
        return text;
}

/* "NAME=", "PROTOCOL:", "PROTOCOL[NAME]:", "PROTOCOL/" and "PROTOCOL@" */
static const char *skip_word(const char *text) {
        size_t length = strspn(text, WORD);
        const char *end = strchr(text, ']');

        if (!isalpha((unsigned char)text[0]))
                return text;
        if (text[length] == '[' && end && end[1] == ':')
                return end + 2;
        return text[length] && strchr("@=:/", text[length]) ? text + length + 1 : text;
}

/* "PORT@ADDR" */
static const char *skip_port(const char *text) {
        size_t digits = strspn(text, "0123456789");

        return digits > 0 && text[digits] == '@' ? text + digits + 1 : text;
}

/* ADDR, ADDR:PORT, ADDR@PORT, ADDR#PORT, "[ADDR" and "ADDR]" of a list; "SCHEME://" or a word in
 * front of it. */
static bool parse_ipv4(const char *text, struct pattern *ret) {
        const char *scheme = strstr(text, "://");
        char address[INET_ADDRSTRLEN];
        size_t length;

        if (scheme)
                text = scheme + 3;
        text = skip_port(skip_word(text));
        text += text[0] == '[';
        length = strspn(text, "0123456789.");
        if (length >= sizeof(address) || !strchr(scheme ? ":@#]/" : ":@#]", text[length]))
                return false;
        memcpy(address, text, length);
        address[length] = '\0';
        return pattern_parse_address(address, ret) == 0;
}

static char *strip_brackets(char *text, bool has_scheme) {
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

/* "NAME=ADDR" and "PROTOCOL/ADDR" without brackets. A word and ':' might be the beginning of ADDR.
 */
static char *skip_name(char *text) {
        size_t length = strspn(text, WORD);

        return isalpha((unsigned char)text[0]) && text[length] && strchr("=/", text[length])
                       ? text + length + 1
                       : text;
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

        if (parse_ipv4(text, ret))
                return 0;
        text = strip_around(text, &has_scheme);
        if (strpbrk(text, "[]")) {
                text = strip_brackets(text, has_scheme);
        } else {
                text = skip_name(text);
                if (strncasecmp(text, "IPv6:", strlen("IPv6:")) == 0) /* of Sendmail */
                        text += strlen("IPv6:");
                if (port_after_last_colon && strchr(text, ':'))
                        *strrchr(text, ':') = '\0';
        }
        if (!text || !strchr(text, ':'))
                return -EINVAL;
        return pattern_parse_address(text, ret);
}
