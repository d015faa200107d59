/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-environment.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"
#include "input/tree-glob.h"
#include "input/variable-list.h"
#include "log.h"

#include <string.h>

/* More than any file has; each is compared with all others. */
enum { ASSIGNMENTS_MAX = 2000 };

#define NEWLINES "\n\r"

static bool is_newline(char c) {
        return c && strchr(NEWLINES, c);
}

/* @text: behind "'". Return: behind the closing one, or at the end. */
static const char *read_single_quotes(const char *text, FILE *out) {
        const char *end = strchrnul(text, '\'');

        (void)fwrite(text, 1, (size_t)(end - text), out);
        return *end ? end + 1 : end;
}

/* @text: behind '"'. A backslash stays but before characters that are special to a shell. Return:
 * as above. */
static const char *read_double_quotes(const char *text, FILE *out) {
        for (; *text && *text != '"'; text++) {
                if (*text != '\\') {
                        (void)putc(*text, out);
                        continue;
                }
                if (!*++text)
                        return text;
                if (!strchr("\"\\`$\n", *text))
                        (void)putc('\\', out);
                if (*text != '\n')
                        (void)putc(*text, out);
        }
        return *text ? text + 1 : text;
}

/* What is not in quotes goes to the end of the line: quotes in it are text. Blanks at its end are
 * left out, unless a backslash is before them. Return: at the newline, or at the end. */
static const char *read_rest(const char *text, FILE *out) {
        const char *blanks = NULL;

        for (; *text && !is_newline(*text); text++) {
                bool is_blank = strchr(SYSTEMD_WHITESPACE, *text);

                if (is_blank) {
                        blanks = blanks ? blanks : text;
                        continue;
                }
                if (blanks)
                        (void)fwrite(blanks, 1, (size_t)(text - blanks), out);
                blanks = NULL;
                if (*text == '\\' && !*++text)
                        return text;
                if (!is_newline(*text))
                        (void)putc(*text, out);
        }
        return text;
}

static const char *read_value(const char *text, FILE *out) {
        while (*text && !is_newline(*text)) {
                if (*text == '\'')
                        text = read_single_quotes(text + 1, out);
                else if (*text == '"')
                        text = read_double_quotes(text + 1, out);
                else if (strchr(SYSTEMD_WHITESPACE, *text))
                        text++;
                else
                        text = read_rest(text, out);
        }
        return text;
}

static const char *skip_comment(const char *text) {
        while (*text && !is_newline(*text))
                text += text[0] == '\\' && text[1] && !is_newline(text[1]) ? 2 : 1;
        return text;
}

/* @name: @length bytes, with blanks at its end. Return: 1; 0 if it is no name; -ENOMEM. */
static int assign(const char *name, size_t length, const char *value, struct string_list *ret) {
        CLEANUP(freep) char *assignment = NULL;

        while (length > 0 && strchr(SYSTEMD_WHITESPACE, name[length - 1]))
                length--;
        if (length == 0 || environment_name_length(name) != length)
                return 0;
        if (asprintf(&assignment, "%.*s=%s", (int)length, name, value) < 0)
                return -ENOMEM;
        return environment_set(ret, assignment) < 0 ? -ENOMEM : 1;
}

/* Reads "NAME=VALUE"; a '=' in front belongs to the name, which is none then. Return: 1; 0 if it is
 * none; -ENOMEM. */
static int read_assignment(const char **cursor, struct string_list *ret) {
        const char *name = *cursor;
        size_t length = 1 + strcspn(name + 1, "=" NEWLINES), size;
        CLEANUP(freep) char *value = NULL;
        FILE *out;

        *cursor += length;
        if (**cursor != '=')
                return 0;
        out = open_memstream(&value, &size);
        if (!out)
                return -ENOMEM;
        *cursor = read_value(*cursor + 1, out);
        if (memstream_close(out, &value) < 0)
                return -ENOMEM;
        return assign(name, length, value, ret);
}

int unit_environment_parse(const char *path, const char *text, size_t size,
                           struct string_list *ret) {
        unsigned count = 0;

        if (strlen(text) != size)
                return 0; /* systemd refuses it */
        while (text += strspn(text, SYSTEMD_WHITESPACE), *text) {
                int r;

                if (strchr("#;", *text)) {
                        text = skip_comment(text);
                        continue;
                }
                if (count == ASSIGNMENTS_MAX) {
                        log_warning(path, 0, "More than %d variables, ignoring the rest.",
                                    ASSIGNMENTS_MAX);
                        return 0;
                }
                r = read_assignment(&text, ret);
                if (r < 0)
                        return r;
                count += (unsigned)r;
        }
        return 0;
}

static int read_file(struct tree *tree, const char *path, struct string_list *ret) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        int r;

        r = tree_read(tree, path, &text, &size);
        if (r < 0) {
                if (r != -ENOENT && r != -ENOMEM)
                        log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
                return r == -ENOMEM ? r : 0;
        }
        return unit_environment_parse(path, text, size, ret);
}

/* The files of one EnvironmentFile=, which may be a pattern. */
static int read_files(struct tree *tree, const char *pattern, struct string_list *ret,
                      struct string_list *ret_files) {
        size_t first = ret_files->count;
        CLEANUP(string_list_clear) struct string_list paths = { 0 };
        int r;

        r = tree_glob(tree, pattern, &paths);
        for (size_t i = 0; r >= 0 && i < paths.count; i++)
                r = string_list_add(ret_files, paths.items[i]);
        for (size_t i = first; r >= 0 && i < ret_files->count; i++)
                r = read_file(tree, ret_files->items[i], ret);
        return r == -ENOMEM ? r : 0;
}

int unit_environment_read(struct tree *tree, const struct unit_command *command,
                          struct string_list *ret, struct string_list *ret_files) {
        const struct string_list *files = &command->environment_files;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < command->environment.count; i++)
                r = string_list_add(ret, command->environment.items[i]);
        for (size_t i = 0; r >= 0 && i < files->count; i++) {
                const char *path = files->items[i];

                r = read_files(tree, path + (path[0] == '-'), ret, ret_files);
        }
        for (size_t i = 0; r >= 0 && i < command->unset.count; i++)
                environment_unset(ret, command->unset.items[i]);
        return r;
}
