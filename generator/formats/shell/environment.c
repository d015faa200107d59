/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/shell/environment.h"

#include "common/cleanup.h"
#include "common/memstream.h"

#include <errno.h>
#include <string.h>

/* Bytes of a value after which no variable is expanded any more: A=$A$A doubles A each time. */
enum { EXPANDED_LENGTH_MAX = 16 << 10 };

/* ${NAME#PREFIX} and ${NAME##PREFIX}, which are the same where PREFIX is plain text. @text: behind
 * the name. Return: how many bytes up to the '}', or -EINVAL. */
static ssize_t cut_prefix(const char *text, const char **value) {
        size_t marks = strspn(text, "#");
        const char *prefix = text + marks;
        size_t length = strcspn(prefix, "}*?[\\$'\"`\n");

        if (marks < 1 || marks > 2 || prefix[length] != '}')
                return -EINVAL;
        if (*value && strncmp(*value, prefix, length) == 0)
                *value += length;
        return (ssize_t)(marks + length);
}

ssize_t environment_write_value(const struct string_list *environment, const char *text,
                                FILE *out) {
        bool braces = text[0] == '{';
        size_t length = environment_name_length(text + braces);
        CLEANUP(freep) char *name = NULL;
        const char *value;
        ssize_t n;

        if (length == 0 && !braces && text[0] != '(')
                return putc('$', out) == EOF ? -ENOMEM : 0;
        if (length == 0)
                return -EINVAL;

        name = strndup(text + braces, length);
        if (!name)
                return -ENOMEM;
        value = environment_get(environment, name);
        length += braces;
        if (braces && text[length] != '}') {
                n = cut_prefix(text + length, &value);
                if (n < 0)
                        return n;
                length += (size_t)n;
        }
        if (value && (ftell(out) > EXPANDED_LENGTH_MAX || fputs(value, out) == EOF))
                return -EINVAL;
        return (ssize_t)(length + braces);
}

char *environment_expand(const char *text, const struct string_list *environment) {
        CLEANUP(freep) char *result = NULL;
        CLEANUP(fclosep) FILE *out = NULL;
        size_t size;

        out = open_memstream(&result, &size);
        if (!out)
                return NULL;
        for (const char *p = text; *p; p++) {
                ssize_t n;

                if (*p != '$') {
                        (void)putc(*p, out);
                        continue;
                }
                n = environment_write_value(environment, p + 1, out);
                if (n == -ENOMEM)
                        return NULL;
                if (n < 0)
                        (void)putc('$', out);
                else
                        p += n;
        }
        return memstream_close(TAKE_POINTER(out), &result) == 0 ? TAKE_POINTER(result) : NULL;
}
