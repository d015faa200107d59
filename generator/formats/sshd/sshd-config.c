/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * servconf.c of OpenSSH: process_server_config_line_depth() reads a line; misc.c: strdelim() cuts
 * the keyword off, argv_split() the arguments
 */

#include "formats/sshd/sshd-config.h"

#include "common/cleanup.h"
#include "formats/included-files.h"
#include "formats/scanner.h"
#include "log.h"

#include <string.h>

/* WHITESPACE of misc.c */
#define WHITESPACE " \t\r\n"

static const char DIRECTORY[] = "/etc/ssh"; /* SSHDIR: where relative includes are */

static const struct scanner_syntax ARGUMENTS = {
        .blanks = " \t",
        .comments = "#",
        .quotes = "\"'",
        .escapes = true,
        .escaped = "'\"\\ ",
        .escaped_in_quotes = "'\"\\",
};

struct reader {
        struct listen_queue *queue;
        bool in_match; /* in a block that is for some connections only */
};

/* A line, its keyword cut off. */
struct line {
        const char *file;
        unsigned number;
        const char *text; /* all of it */
        const char *keyword;
        struct scanner arguments;
};

/* Cuts a keyword off, and one '=' behind it. Return: NULL if a quote is not closed. */
static char *cut_keyword(char **rest) {
        char *word = *rest, *end;
        bool at_equals;

        end = word + strcspn(word, WHITESPACE "\"=");
        if (*end == '"') {
                memmove(end, end + 1, strlen(end));
                end = strchr(end, '"');
                if (!end)
                        return NULL;
                *end++ = '\0';
                *rest = end + strspn(end, WHITESPACE);
                return word;
        }
        at_equals = *end == '=';
        if (*end)
                *end++ = '\0';
        end += strspn(end, WHITESPACE);
        if (*end == '=' && !at_equals)
                end += 1 + strspn(end + 1, WHITESPACE);
        *rest = end;
        return word;
}

static int add_listen_address(struct reader *reader, struct line *line) {
        struct token token;

        if (!scanner_next(&line->arguments, &token))
                return 0;
        return listen_queue_add(reader->queue, token.text, line->file, line->number, line->text);
}

static int set_address_family(struct reader *reader, struct line *line) {
        struct token token;

        if (!scanner_next(&line->arguments, &token) || reader->queue->family_is_set)
                return 0;
        reader->queue->family_is_set = true;
        if (strcasecmp(token.text, "inet") == 0)
                reader->queue->family = ADDRESS_IPV4;
        else if (strcasecmp(token.text, "inet6") == 0)
                reader->queue->family = ADDRESS_IPV6;
        return 0;
}

/*
 * "all" is true of the server itself, and "version PATTERN" of OpenSSH 10 may be: match_cfg_line().
 * Which version this is does not matter, since sshd refuses ListenAddress where it is not true.
 */
static int begin_match(struct reader *reader, struct line *line) {
        static const char VERSION[] = "version";
        struct token token;

        reader->in_match = true;
        while (scanner_next(&line->arguments, &token)) {
                size_t length = strcspn(token.text, "=");
                bool is_version =
                        length == strlen(VERSION) && strncasecmp(token.text, VERSION, length) == 0;

                reader->in_match = !is_version && strcasecmp(token.text, "all") != 0;
                if (reader->in_match)
                        break;
                if (is_version && !token.text[length])
                        (void)scanner_next(&line->arguments, &token);
        }
        return 0;
}

/* A Match in an included file ends with the file. What is included in a block is part of it. */
static int include(struct included_files *files, struct line *line) {
        struct token token;
        int r = 0;

        while (r >= 0 && scanner_next(&line->arguments, &token)) {
                CLEANUP(freep) char *pattern = NULL;
                bool is_absolute = strchr("/~", token.text[0]); /* '~' means no directory */

                if (asprintf(&pattern, "%s%s%s", is_absolute ? "" : DIRECTORY,
                             token.text[0] == '/' ? "" : "/", token.text) < 0)
                        return -ENOMEM;
                r = included_files_read_pattern(files, line->file, line->number, pattern);
        }
        return r;
}

/* @files: NULL for an option of the command line. */
static int apply(struct reader *reader, struct included_files *files, struct line *line) {
        bool is_address = strcasecmp(line->keyword, "ListenAddress") == 0;

        if (files && strcasecmp(line->keyword, "Match") == 0)
                return begin_match(reader, line);
        if (is_address && reader->in_match)
                log_warning(line->file, line->number,
                            "sshd does not start with ListenAddress in a Match block, ignoring it");
        if (reader->in_match)
                return 0;
        if (is_address)
                return add_listen_address(reader, line);
        if (strcasecmp(line->keyword, "AddressFamily") == 0)
                return set_address_family(reader, line);
        if (files && strcasecmp(line->keyword, "Include") == 0)
                return include(files, line);
        return 0;
}

/* @text: one line; changed */
static int read_line(struct reader *reader, struct included_files *files, const char *file,
                     unsigned number, char *text) {
        CLEANUP(freep) char *copy = strdup(text);
        struct line line = { .file = file, .number = number, .text = copy };
        char *rest = text + strspn(text, " \t\r");
        int r;

        if (!copy)
                return -ENOMEM;
        for (char *end = rest + strlen(rest); end > rest && strchr(WHITESPACE "\f", end[-1]); end--)
                end[-1] = '\0';
        line.keyword = cut_keyword(&rest);
        if (line.keyword && line.keyword[0] == '\0')
                line.keyword = cut_keyword(&rest);
        if (!line.keyword || line.keyword[0] == '#' || line.keyword[0] == '\0')
                return 0;
        r = scanner_init(&line.arguments, &ARGUMENTS, rest);
        if (r >= 0)
                r = apply(reader, files, &line);
        scanner_clear(&line.arguments);
        return r;
}

static int read_content(struct included_files *files, const char *path, char *content) {
        struct reader reader = { .queue = files->data };
        unsigned number = 0;
        char *line;
        int r = 0;

        while (r >= 0 && (line = strsep(&content, "\n")))
                r = read_line(&reader, files, path, ++number, line);
        return r;
}

int sshd_config_read(struct tree *tree, const char *path, struct listen_queue *ret) {
        struct included_files files = { .tree = tree, .read = read_content, .data = ret };
        int r = included_files_read(&files, path, NULL);

        return r == -EISDIR ? 0 : r;
}

int sshd_config_read_option(const char *argument, const char *file, unsigned number,
                            struct listen_queue *ret) {
        CLEANUP(freep) char *line = strdup(argument);
        struct reader reader = { .queue = ret };

        return line ? read_line(&reader, NULL, file, number, line) : -ENOMEM;
}
