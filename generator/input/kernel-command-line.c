/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/kernel-command-line.h"

#include "common/cleanup.h"
#include "common/whitespace.h"

#include <string.h>

/* In bytes. The kernel's COMMAND_LINE_SIZE is 4096 at the most; a container's PID 1 may have more.
 */
enum { LINE_SIZE = 16384 };

/* Copies one word, without its quotes, to @out, which has room for the line. Return: the text
 * after it. */
static const char *read_word(const char *text, char *out) {
        char quote = '\0';

        for (; *text && (quote || !strchr(SYSTEMD_WHITESPACE, *text)); text++) {
                if (quote ? *text == quote : *text == '"' || *text == '\'')
                        quote = (char)(quote ^ *text);
                else
                        *out++ = *text;
        }
        *out = '\0';
        return text;
}

int kernel_command_line_split(const char *line, struct string_list *ret) {
        CLEANUP(freep) char *word = malloc(strlen(line) + 1);
        int r = word ? 0 : -ENOMEM;

        while (r >= 0 && (line += strspn(line, SYSTEMD_WHITESPACE), *line)) {
                line = read_word(line, word);
                r = string_list_add(ret, word);
        }
        return r;
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
