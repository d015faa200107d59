/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/lines.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/apache/words.h"

#include <string.h>

/* The text of a macro that is being used. */
struct insertion {
        struct insertion *outer; /* of the macro that uses this one, or NULL */
        char *name;
        char *text;
        const char *rest;
};

static void insertion_free(struct insertion *insertion) {
        free(insertion->name);
        free(insertion->text);
        free(insertion);
}

int lines_insert(struct lines *lines, const char *name, char *text) {
        struct insertion *insertion = calloc(1, sizeof(*insertion));

        if (!insertion) {
                free(text);
                return -ENOMEM;
        }
        *insertion = (struct insertion){ lines->insertions, strdup(name), text, text };
        if (!insertion->name) {
                insertion_free(insertion);
                return -ENOMEM;
        }
        lines->insertions = insertion;
        lines->depth++;
        return 0;
}

bool lines_inside(const struct lines *lines, const char *name) {
        for (const struct insertion *i = lines->insertions; i; i = i->outer)
                if (strcmp(i->name, name) == 0)
                        return true;
        return false;
}

static void leave_insertion(struct lines *lines) {
        struct insertion *ended = lines->insertions;

        lines->insertions = ended->outer;
        lines->depth--;
        insertion_free(ended);
}

void lines_clear(struct lines *lines) {
        while (lines->insertions)
                leave_insertion(lines);
        free(lines->text);
        free(lines->data);
        *lines = (struct lines){ 0 };
}

/* The next physical line, with its newline. @returned: set if an insertion ended. */
static const char *next_physical(struct lines *lines, bool *returned, size_t *ret_length) {
        const char *start, *newline;

        while (lines->insertions && *lines->insertions->rest == '\0') {
                leave_insertion(lines);
                *returned = true;
        }
        if (lines->insertions) {
                start = lines->insertions->rest;
                *ret_length = strcspn(start, "\n") + 1;
                lines->insertions->rest += *ret_length;
                return start;
        }

        if (lines->position >= lines->size)
                return NULL;
        start = lines->data + lines->position;
        newline = memchr(start, '\n', lines->size - lines->position);
        *ret_length = newline ? (size_t)(newline - start) + 1 : lines->size - lines->position;
        lines->position += *ret_length;
        lines->physical++;
        /* mod_macro reads the line behind a Use itself and loses it if the file ends in it
         * (array_getstr() in modules/core/mod_macro.c). */
        return newline || !*returned ? start : NULL;
}

static int append(struct lines *lines, size_t length, const char *more, size_t more_length) {
        size_t size = length + more_length + 1;

        if (size > lines->text_size) {
                char *text = realloc(lines->text, 2 * size);

                if (!text)
                        return -ENOMEM;
                lines->text = text;
                lines->text_size = 2 * size;
        }
        memcpy(lines->text + length, more, more_length);
        lines->text[length + more_length] = '\0';
        return 0;
}

/* Cuts the backslash, and what is behind it, off a line that continues. The joined line so far
 * counts: before an empty line two backslashes remove two newlines. */
static bool cut_continuation(char *text, size_t *length) {
        size_t end = *length;

        if (end == 0 || text[--end] != '\n')
                return false;
        if (end > 0 && text[end - 1] == '\r')
                end--;
        if (end == 0 || text[end - 1] != '\\')
                return false;
        *length = end - 1;
        text[*length] = '\0';
        return true;
}

static void trim(char *text) {
        const char *start = skip_blanks(text);
        size_t length = strlen(start);

        while (length > 0 && strchr(C_WHITESPACE, start[length - 1]))
                length--;
        memmove(text, start, length);
        text[length] = '\0';
}

int lines_next(struct lines *lines) {
        bool returned = false, more = true;
        size_t length = 0, piece_length;
        const char *piece;

        for (unsigned pieces = 0; more; pieces++) {
                piece = next_physical(lines, &returned, &piece_length);
                if (!piece && pieces == 0)
                        return 0;
                if (!piece)
                        break;
                if (pieces == 0 && !lines->insertions)
                        lines->number = lines->physical;

                piece_length = strnlen(piece, piece_length);
                if (append(lines, length, piece, piece_length) < 0)
                        return -ENOMEM;
                length += piece_length;
                more = cut_continuation(lines->text, &length);
        }
        trim(lines->text);
        return 1;
}
