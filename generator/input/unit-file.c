/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/unit-file.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "log.h"

#include <string.h>

static char *trim(char *text) {
        size_t length;

        text += strspn(text, SYSTEMD_WHITESPACE);
        length = strlen(text);
        while (length > 0 && strchr(SYSTEMD_WHITESPACE, text[length - 1]))
                text[--length] = '\0';
        return text;
}

struct cursor {
        char *next;
        const char *end;
        unsigned line; /* number of the last one that was cut off */
        bool seen_mark;
};

/* Cuts off one physical line. systemd ends a line at a newline, a carriage return, both in any
 * order, or a NUL. Return: the line, NUL-terminated; NULL at the end. */
static char *next_line(struct cursor *cursor) {
        char *line = cursor->next, *last;

        if (line >= cursor->end)
                return NULL;
        cursor->line++;
        last = line + strcspn(line, "\n\r");
        if (last < cursor->end && last[0] != last[1] && last[0] && last[1] &&
            strchr("\n\r", last[1]))
                *last++ = '\0';
        *last = '\0';
        cursor->next = last + 1;
        return line;
}

/* systemd skips the first one, at the beginning of any line that is not a comment. */
static char *skip_byte_order_mark(char *line, bool *seen) {
        static const char MARK[] = "\xef\xbb\xbf";

        if (*seen || strncmp(line, MARK, strlen(MARK)) != 0)
                return line;
        *seen = true;
        return line + strlen(MARK);
}

/* An escaped backslash at the end does not continue the line. */
static bool is_continued(const char *line, size_t length) {
        size_t backslashes = 0;

        while (backslashes < length && line[length - 1 - backslashes] == '\\')
                backslashes++;
        return backslashes % 2 == 1;
}

/*
 * Cuts off one logical line: after a backslash at the end of a line the next one is appended with a
 * space, and comments in between are skipped (systemd.syntax(7)). The lines are joined in place:
 * the result is never longer than they are.
 */
static char *next_logical_line(struct cursor *cursor, unsigned *ret_line) {
        char *start = NULL, *tail = NULL, *line;

        while ((line = next_line(cursor))) {
                char *text = line + strspn(line, SYSTEMD_WHITESPACE);
                size_t length;
                bool more;

                if (*text == '#' || *text == ';')
                        continue;
                line = skip_byte_order_mark(line, &cursor->seen_mark);
                if (!start) {
                        start = tail = line;
                        *ret_line = cursor->line;
                }
                length = strlen(line);
                more = is_continued(line, length);
                memmove(tail, line, length + 1);
                tail += length;
                if (!more)
                        return start;
                tail[-1] = ' ';
        }
        return start;
}

int unit_file_parse(char *text, size_t size, unit_file_setting_fn *setting, void *data) {
        const char *section = "";
        struct cursor cursor = { .end = text + size };
        unsigned number;
        char *line;

        cursor.next = text;
        while ((line = next_logical_line(&cursor, &number))) {
                char *equals;
                int r;

                line = trim(line);
                if (line[0] == '[') {
                        size_t length = strlen(line);

                        if (line[length - 1] != ']') /* systemd stops reading here */
                                return 0;
                        line[length - 1] = '\0';
                        section = line + 1;
                        continue;
                }
                equals = strchr(line, '=');
                if (!equals)
                        continue;
                *equals = '\0';
                r = setting(section, trim(line), trim(equals + 1), number, data);
                if (r < 0)
                        return r;
        }
        return 0;
}

int unit_file_read(struct tree *tree, const char *path, unit_file_setting_fn *setting, void *data) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        int r;

        r = tree_read(tree, path, &text, &size);
        if (r == -ENOMEM || r == -ENOENT)
                return r;
        if (r < 0) {
                log_warning(path, 0, "Cannot be read, ignoring: %s.", tree_strerror(r));
                return 1;
        }
        return unit_file_parse(text, size, setting, data);
}
