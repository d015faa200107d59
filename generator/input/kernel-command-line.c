/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/kernel-command-line.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"

#include <string.h>

/* In bytes. The kernel's COMMAND_LINE_SIZE is 4096 at the most; a container's PID 1 may have more.
 */
enum { LINE_SIZE = 16384 };

/* Reads one word. Return: the text after it. */
static const char *read_word(const char *text, FILE *out) {
        char quote = '\0';

        for (; *text && (quote || !strchr(SYSTEMD_WHITESPACE, *text)); text++) {
                if (quote ? *text == quote : *text == '"' || *text == '\'')
                        quote = (char)(quote ^ *text);
                else
                        (void)putc(*text, out);
        }
        return text;
}

int kernel_command_line_split(const char *line, struct string_list *ret) {
        while (line += strspn(line, SYSTEMD_WHITESPACE), *line) {
                char *word = NULL;
                size_t size;
                FILE *out = open_memstream(&word, &size);

                if (!out)
                        return -ENOMEM;
                line = read_word(line, out);
                if (memstream_close(out, &word) < 0) {
                        free(word);
                        return -ENOMEM;
                }
                if (string_list_take(ret, word) < 0)
                        return -ENOMEM;
        }
        return 0;
}

/* PID 1 separates its arguments by NUL bytes in /proc/1/cmdline. */
static int split_file(const char *path, struct string_list *ret) {
        CLEANUP(fclosep) FILE *file = fopen(path, "re");
        char line[LINE_SIZE];
        size_t length;

        if (!file)
                return errno == ENOMEM ? -ENOMEM : 0;
        length = fread(line, 1, sizeof(line) - 1, file);
        for (size_t i = 0; i < length; i++)
                if (line[i] == '\0')
                        line[i] = ' ';
        line[length] = '\0';
        return kernel_command_line_split(line, ret);
}

int kernel_command_line_read(struct string_list *ret) {
        /* If set, systemd reads it instead (its documentation, "Known Environment Variables"). */
        const char *override = getenv("SYSTEMD_PROC_CMDLINE");

        if (override)
                return kernel_command_line_split(override, ret);
        /* PID 1 creates that file in a container (systemd-detect-virt(1)). */
        if (access("/run/systemd/container", F_OK) == 0)
                return split_file("/proc/1/cmdline", ret);
        return split_file("/proc/cmdline", ret);
}

static int plain(char c) {
        return c == '_' ? '-' : c;
}

const char *kernel_command_line_value(const char *word, const char *key) {
        for (; *key; word++, key++)
                if (plain(*word) != plain(*key))
                        return NULL;
        return *word == '=' ? word + 1 : NULL;
}
