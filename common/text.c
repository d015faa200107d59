/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/text.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int text_set(char **text, const char *value) {
        free(*text);
        *text = value ? strdup(value) : NULL;
        return value && !*text ? -ENOMEM : 0;
}

/* Length of the valid UTF-8 sequence at @p (RFC 3629 section 4), or 0. */
static size_t utf8_length(const unsigned char *p) {
        static const uint32_t SMALLEST[] = { 0, 0, 0x80, 0x800, 0x10000 };
        size_t length = (p[0] & 0xe0) == 0xc0   ? 2
                        : (p[0] & 0xf0) == 0xe0 ? 3
                        : (p[0] & 0xf8) == 0xf0 ? 4
                                                : 0;
        uint32_t code;

        if (length == 0)
                return 0;
        code = p[0] & (0x7fU >> length);
        for (size_t i = 1; i < length; i++) {
                if ((p[i] & 0xc0) != 0x80)
                        return 0;
                code = code << 6 | (p[i] & 0x3fU);
        }
        if (code < SMALLEST[length] || code < 0xa0 || code > 0x10ffff ||
            (code >= 0xd800 && code <= 0xdfff))
                return 0;
        return length;
}

size_t text_printable_length(const char *text) {
        const unsigned char *p = (const unsigned char *)text;

        return *p >= 0x20 && *p < 0x7f ? 1 : utf8_length(p);
}

void text_make_printable(char *text) {
        while (*text) {
                size_t length = text_printable_length(text);

                if (length == 0)
                        *text++ = '?';
                else
                        text += length;
        }
}

int text_parse_boolean(const char *text) {
        static const char *const TRUE_WORDS[] = { "1", "yes", "y", "true", "t", "on" };
        static const char *const FALSE_WORDS[] = { "0", "no", "n", "false", "f", "off" };

        for (size_t i = 0; i < sizeof(TRUE_WORDS) / sizeof(TRUE_WORDS[0]); i++) {
                if (strcasecmp(text, TRUE_WORDS[i]) == 0)
                        return 1;
                if (strcasecmp(text, FALSE_WORDS[i]) == 0)
                        return 0;
        }
        return -EINVAL;
}
