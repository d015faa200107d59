/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/withheld.h"

#include "input/private-files.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

/* Any longer string is the same to a message; no int overflows. */
enum { PRECISION_MAX = 100000 };

static const char NOT_SHOWN[] = PRIVATE_FILES_NOT_SHOWN;

struct output {
        char *position, *end; /* @end: for the terminating NUL */
};

static void put(struct output *output, const char *text, size_t length) {
        size_t room = (size_t)(output->end - output->position);

        length = length < room ? length : room;
        memcpy(output->position, text, length);
        output->position += length;
}

/* @precision: negative if there is none, as in printf(3) */
static void put_string(struct output *output, const char *text, int precision) {
        size_t length = precision < 0 ? strlen(text) : strnlen(text, (size_t)precision);

        if (private_files_is_allowed(text, length))
                put(output, text, length);
        else
                put(output, NOT_SHOWN, strlen(NOT_SHOWN));
}

/* Skips the argument of an integer conversion with this length modifier. A size_t is as large as a
 * long. */
static void skip_integer(const char *modifier, size_t length, va_list *args) {
        if (length == 0 || *modifier == 'h') {
                (void)va_arg(*args, int);
                return;
        }
        if (length == 1 && strchr("lz", *modifier)) {
                (void)va_arg(*args, long);
                return;
        }
        (void)va_arg(*args, long long);
}

/* @format: after a '%'. Return: the length of the conversion in bytes; 0 if it is unknown. */
static size_t convert(struct output *output, const char *format, va_list *args) {
        const char *p = format + strspn(format, "-+ #0123456789");
        const char *modifier;
        size_t length;
        int precision = -1;

        if (p[0] == '.' && p[1] == '*') {
                precision = va_arg(*args, int);
                p += 2;
        } else if (p[0] == '.') {
                for (precision = 0, p++; *p >= '0' && *p <= '9' && precision < PRECISION_MAX; p++)
                        precision = precision * 10 + (*p - '0');
        }
        modifier = p;
        length = strspn(p, "hlzj");
        p += length;

        if (*p == '\0' || !strchr("%sdiuxXc", *p) || (*p == 's' && length > 0))
                return 0;
        if (*p == '%') {
                put(output, "%", 1);
        } else if (*p == 's') {
                put_string(output, va_arg(*args, const char *), precision);
        } else {
                skip_integer(modifier, length, args);
                put(output, NOT_SHOWN, strlen(NOT_SHOWN));
        }
        return (size_t)(p + 1 - format);
}

void withheld_format(char *buffer, size_t size, const char *format, va_list args) {
        struct output output;
        va_list copy;

        output.position = buffer;
        output.end = buffer + size - 1;
        va_copy(copy, args);
        for (const char *p = format; *p;) {
                size_t length = strcspn(p, "%");

                put(&output, p, length);
                p += length;
                if (*p == '\0')
                        break;
                length = convert(&output, p + 1, &copy);
                if (length == 0)
                        break;
                p += 1 + length;
        }
        va_end(copy);
        *output.position = '\0';
}
