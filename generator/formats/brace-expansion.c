/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/brace-expansion.h"

#include "common/cleanup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Deeper than any pattern that a person writes. */
enum { DEPTH_MAX = 50 };

/* Return: the ',' or '}' that ends the part at @text, or NULL if there is none. */
static const char *find_end(const char *text) {
        unsigned depth = 0;

        for (; *text; text++) {
                if (*text == '{')
                        depth++;
                else if (depth == 0 && (*text == ',' || *text == '}'))
                        return text;
                else if (*text == '}')
                        depth--;
        }
        return NULL;
}

/* Return: the '}' that closes the braces whose first part is at @text, or NULL. */
static const char *find_close(const char *text) {
        const char *end = find_end(text);

        while (end && *end == ',')
                end = find_end(end + 1);
        return end;
}

static int expand(const char *pattern, unsigned depth, struct string_list *ret) {
        const char *open = strchr(pattern, '{');
        const char *close = open ? find_close(open + 1) : NULL;
        const char *end;

        if (ret->count >= BRACE_EXPANSION_MAX || depth == DEPTH_MAX)
                return -E2BIG;
        if (!close)
                return string_list_add(ret, pattern);

        for (const char *part = open + 1; part <= close; part = end + 1) {
                CLEANUP(freep) char *text = NULL;
                int r;

                end = find_end(part);
                if (asprintf(&text, "%.*s%.*s%s", (int)(open - pattern), pattern, (int)(end - part),
                             part, close + 1) < 0)
                        return -ENOMEM;
                r = expand(text, depth + 1, ret);
                if (r < 0)
                        return r;
        }
        return 0;
}

int brace_expand(const char *pattern, struct string_list *ret) {
        return expand(pattern, 0, ret);
}
