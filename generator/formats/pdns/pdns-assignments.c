/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/pdns/pdns-assignments.h"

#include "common/array.h"
#include "common/cleanup.h"

#include <ctype.h>
#include <string.h>

/* boost::trim() with the classic locale */
static char *trim(char *text) {
        size_t length;

        while (isspace((unsigned char)*text))
                text++;
        length = strlen(text);
        while (length > 0 && isspace((unsigned char)text[length - 1]))
                text[--length] = '\0';
        return text;
}

static void assignment_free(struct pdns_assignment *assignment) {
        free(assignment->name);
        free(assignment->value);
        free(assignment->file);
        free(assignment->text);
}

/* ArgvMap::parseOne(): a "+=" counts wherever it is, even behind an "=". */
int pdns_assignments_add(struct pdns_assignments *assignments, const char *argument,
                         const char *file, unsigned line, const char *text) {
        const char *op = strstr(argument, "+=");
        struct pdns_assignment added = { .line = line, .is_incremental = op };
        CLEANUP(freep) char *name = NULL;
        const char *value;

        if (!op)
                op = argument + strcspn(argument, "=");
        value = op;
        if (*value)
                value += added.is_incremental ? 2 : 1;
        if (assignments->count == PDNS_ASSIGNMENTS_MAX)
                return 0;
        if (array_make_room(assignments->items, assignments->count) < 0)
                return -ENOMEM;
        name = strndup(argument, (size_t)(op - argument));
        if (!name)
                return -ENOMEM;
        added.name = strdup(trim(name));
        added.value = strdup(value + strspn(value, " \t"));
        added.file = strdup(file);
        added.text = strdup(text);
        if (!added.name || !added.value || !added.file || !added.text) {
                assignment_free(&added);
                return -ENOMEM;
        }
        assignments->items[assignments->count++] = added;
        return 0;
}

/* Only the first '#' of a line can begin a comment, and only at its start or behind a blank. */
static void strip_comment(char *line) {
        char *sign = strchr(line, '#');

        if (sign && (sign == line || isspace((unsigned char)sign[-1])))
                *sign = '\0';
}

/*
 * ArgvMap::parseFile(): a backslash at the end joins lines, also those of comments, and what it
 * would join at the end of the file is dropped. Joined lines overwrite what has been read.
 */
int pdns_assignments_read(struct pdns_assignments *assignments, const char *path, char *content) {
        unsigned number = 0, first = 1;
        char *joined = content;
        char *out = content;
        char *next;

        for (char *line = content; line && *line; line = next) {
                size_t length;
                char *text;
                int r;

                next = strchr(line, '\n');
                length = next ? (size_t)(next++ - line) : strlen(line);
                number++;
                while (length > 0 && isspace((unsigned char)line[length - 1]))
                        length--;
                memmove(out, line, length);
                out += length;
                if (length > 0 && out[-1] == '\\') {
                        out--;
                        continue;
                }
                *out = '\0'; /* where the newline or the end was, or before it */
                strip_comment(joined);
                text = trim(joined);
                r = text[0] ? pdns_assignments_add(assignments, text, path, first, text) : 0;
                if (r < 0)
                        return r;
                joined = out = next;
                first = number + 1;
        }
        return 0;
}

const char *pdns_assignments_get(const struct pdns_assignments *assignments, const char *name,
                                 const char *missing) {
        for (size_t i = assignments->count; i > 0; i--)
                if (strcmp(assignments->items[i - 1].name, name) == 0)
                        return assignments->items[i - 1].value;
        return missing;
}

size_t pdns_assignments_first(const struct pdns_assignments *assignments, const char *name) {
        for (size_t i = assignments->count; i > 0; i--) {
                const struct pdns_assignment *item = &assignments->items[i - 1];

                if (!item->is_incremental && strcmp(item->name, name) == 0)
                        return i - 1;
        }
        return 0;
}

void pdns_assignments_clear(struct pdns_assignments *assignments) {
        for (size_t i = 0; i < assignments->count; i++)
                assignment_free(&assignments->items[i]);
        free(assignments->items);
        *assignments = (struct pdns_assignments){ 0 };
}
