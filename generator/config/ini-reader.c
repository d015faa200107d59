/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/ini-reader.h"

#include "common/whitespace.h"
#include "log.h"

#include <errno.h>
#include <ini.h>
#include <stdbool.h>
#include <string.h>

/* Bytes; libinih's MAX_SECTION, which is not in its header, without the NUL. */
enum { SECTION_NAME_MAX = 49 };

struct reader {
        const char *next, *end;
        const char *file;
        unsigned line;
        bool refused; /* the last header was refused, and so are the settings below it */
        ini_setting_fn *setting;
        void *data;
};

static bool is_comment(char c) {
        return c == '#' || c == ';';
}

/* Cuts off one line, without leading blanks and newline. Return: false at the end of the text. */
static bool next_line(struct reader *reader, const char **ret, size_t *ret_length) {
        const char *start = reader->next, *end;

        if (start >= reader->end)
                return false;
        end = memchr(start, '\n', (size_t)(reader->end - start));
        reader->next = end ? end + 1 : reader->end;
        if (!end)
                end = reader->end;

        if (reader->line++ == 0 && end - start >= 3 && memcmp(start, "\xef\xbb\xbf", 3) == 0)
                start += 3;
        while (start < end && (*start == ' ' || *start == '\t'))
                start++;
        *ret = start;
        *ret_length = (size_t)(end - start);
        return true;
}

static bool accept_header(const struct reader *reader, const char *line, size_t length) {
        const char *end = memchr(line, ']', length);
        size_t name_length = end ? (size_t)(end - line - 1) : 0;
        const char *rest;

        if (!end || memmem(line, (size_t)(end - line), " ;", 2)) {
                log_warning(reader->file, reader->line,
                            "Section header without ']', ignoring the section: %.*s", (int)length,
                            line);
                return false;
        }
        if (name_length == 0) {
                log_warning(reader->file, reader->line,
                            "Section header without a name, ignoring the section.");
                return false;
        }
        if (name_length > SECTION_NAME_MAX) {
                log_warning(reader->file, reader->line,
                            "Section name over %d bytes, ignoring the section: %.*s",
                            SECTION_NAME_MAX, (int)length, line);
                return false;
        }

        rest = end + 1;
        while (rest < line + length && strchr(SYSTEMD_WHITESPACE, *rest))
                rest++;
        if (rest < line + length && !is_comment(*rest))
                log_warning(reader->file, reader->line,
                            "Text behind a section header, ignoring: %.*s",
                            (int)(line + length - rest), rest);
        return true;
}

/* Whether libinih reads the line correctly. Logs a warning if not. */
static bool accept_line(struct reader *reader, const char *line, size_t length, size_t size) {
        if (length == 0 || is_comment(line[0]))
                return false;
        if (memchr(line, '\0', length)) {
                log_warning(reader->file, reader->line, "Line with a NUL byte, ignoring.");
                if (line[0] == '[')
                        reader->refused = true;
                return false;
        }
        if (line[0] == '[')
                reader->refused = !accept_header(reader, line, length);
        if (reader->refused)
                return false;
        if (line[0] != '[' && !memchr(line, '=', length) && !memchr(line, ':', length)) {
                log_warning(reader->file, reader->line,
                            "Neither a section nor a setting, ignoring: %.*s", (int)length, line);
                return false;
        }
        if (length + strlen("\n") >= size) {
                log_warning(reader->file, reader->line, "Line over %zu bytes, ignoring.", size - 2);
                if (line[0] == '[')
                        reader->refused = true;
                return false;
        }
        return true;
}

/* fgets(3) for libinih. A refused line becomes an empty one, so that libinih counts it. A buffer
 * that is full and has no newline would be the first part of a line to libinih 58. */
static char *read_line(char *buffer, int size, void *stream) {
        struct reader *reader = stream;
        const char *line;
        size_t length;

        if (!next_line(reader, &line, &length))
                return NULL;
        if (!accept_line(reader, line, length, (size_t)size))
                length = 0;
        memcpy(buffer, line, length);
        buffer[length] = '\0';
        return buffer;
}

static int handle(void *user, const char *section, const char *name, const char *value) {
        struct reader *reader = user;

        reader->setting(section, name, value ? value : "", reader->file, reader->line,
                        reader->data);
        return 1;
}

int ini_read(const char *text, size_t size, const char *file, ini_setting_fn *setting, void *data) {
        struct reader reader = {
                .next = text,
                .end = text + size,
                .file = file,
                .setting = setting,
                .data = data,
        };
        int r;

        r = ini_parse_stream(read_line, &reader, handle, &reader);
        if (r > 0)
                log_warning(file, (unsigned)r, "Not a setting, ignoring.");
        return r < 0 ? -ENOMEM : 0; /* libinih returns -2 then */
}
