/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/squid/squid-lines.h"

#include "common/whitespace.h"

#include <string.h>

/* Moves the pieces together, each to the end of the one before: they never become longer. */
bool squid_lines_next(struct squid_lines *lines, struct squid_line *ret) {
        char *end = lines->position;
        char *piece;

        *ret = (struct squid_line){ .text = end };
        while ((piece = strsep(&lines->position, "\n"))) {
                size_t length;

                lines->number++;
                piece += strspn(piece, C_WHITESPACE);
                length = strcspn(piece, "\r");
                if (length == 0 || piece[0] == '#')
                        continue;
                if (end == ret->text)
                        ret->number = lines->number;
                memmove(end, piece, length);
                end += length;
                if (end[-1] != '\\') {
                        *end = '\0';
                        return true;
                }
                end--;
        }
        return false;
}
