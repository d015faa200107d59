/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/unread-language.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/directive/values.h"

#include <string.h>

static const char *skip_line(const char *line) {
        line += strcspn(line, "\n");
        return *line ? line + 1 : line;
}

bool yaml_is_likely(const char *content) {
        for (; *content; content = skip_line(content)) {
                const char *text = content + strspn(content, LINE_WHITESPACE);

                if (*text == '#' || *text == '\n' || *text == '\0')
                        continue;
                if (strncmp(text, "---", 3) == 0 || strchr("{\"'", *text))
                        return true;
                text += strspn(text, "abcdefghijklmnopqrstuvwxyz_");
                return *text == ':';
        }
        return false;
}

bool json_is_likely(const char *content) {
        const char *first = content + strspn(content, C_WHITESPACE);
        const char *second = first + (*first != '\0');

        second += strspn(second, C_WHITESPACE);
        return (*first == '{' && *second == '"') || (*first == '[' && *second == '{');
}

static bool is_address(const char *value, size_t length, unsigned left_out) {
        struct pattern pattern;

        return value_parse(value, length, false, &pattern) == 0 &&
               !pattern_needs_no_waiting(&pattern) && !(left_out & pattern_family(&pattern));
}

/* Brackets are those of an address, or of a list: "[ADDR, ADDR]". */
bool unread_language_has_address(const char *line, unsigned left_out) {
        const char *value;
        size_t length;

        while ((value = value_next(&line, &length))) {
                size_t before = strspn(value, "[{");

                if (*value == '#')
                        return false;
                if (is_address(value, length, left_out))
                        return true;
                if (before >= length)
                        continue;
                value += before;
                length -= before;
                while (length > 0 && (value[length - 1] == ']' || value[length - 1] == '}'))
                        length--;
                if (is_address(value, length, left_out))
                        return true;
        }
        return false;
}

int unread_language_mention(const char *path, const char *content, const char *reason,
                            struct address_list *ret) {
        unsigned number = 1;

        for (; *content; content = skip_line(content), number++) {
                CLEANUP(freep) char *line = strndup(content, strcspn(content, "\n"));

                if (!line)
                        return -ENOMEM;
                if (unread_language_has_address(line, ret->left_out))
                        return address_list_add_unknown(ret, path, number, line, reason);
        }
        return 0;
}
