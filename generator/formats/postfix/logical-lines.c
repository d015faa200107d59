/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/postfix/logical-lines.h"

#include "common/whitespace.h"

#include <string.h>

/* NOLINTNEXTLINE(readability-non-const-parameter): the content is changed later */
void logical_lines_init(struct logical_lines *lines, char *content) {
        *lines = (struct logical_lines){ .position = content };
}

static bool is_blank_or_comment(const char *line) {
        line += strspn(line, C_WHITESPACE);
        return *line == '\0' || *line == '#';
}

/* Moves the pieces together, each to the end of the one before: they never become longer. */
static bool join(struct logical_lines *lines, struct logical_line *ret) {
        char *end = lines->position;

        *ret = (struct logical_line){ .text = end };
        while (lines->position && *lines->position) {
                char *piece = strsep(&lines->position, "\n");
                char next = (char)(lines->position ? *lines->position : '\0');
                size_t length = strlen(piece);

                lines->number++;
                if (!is_blank_or_comment(piece)) {
                        if (end == ret->text)
                                ret->line = lines->number;
                        memmove(end, piece, length + 1);
                        end += length;
                }
                if (end > ret->text && (next == '\0' || !strchr(C_WHITESPACE "#", next)))
                        break;
        }
        return end > ret->text;
}

bool logical_lines_next(struct logical_lines *lines, struct logical_line *ret) {
        /* What continues nothing is ignored, with all that continues it. */
        while (join(lines, ret))
                if (!strchr(C_WHITESPACE, ret->text[0]))
                        return true;
        return false;
}
