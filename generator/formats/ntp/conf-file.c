/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/ntp/conf-file.h"

#include "common/cleanup.h"
#include "input/path.h"
#include "log.h"

#include <ctype.h>
#include <string.h>

/* How many files ntpd has open at most when it includes one more (MAXINCLUDELEVEL in
 * ntpd/ntp_scanner.h). A directory opens all its files at once. */
enum { OPEN_FILES_MAX = 5 };

struct reader {
        struct tree *tree;
        struct ntp_rules *rules;
        bool ended; /* by "end", or since the budget is used up */
};

/* The first words of a line; an interface rule has three. */
struct statement {
        const char *words[3];
        bool quoted[3]; /* a word in quotes is no keyword */
        size_t count;
        unsigned line;
        const char *text;
};

static int read_path(struct reader *reader, const char *path, size_t open_files);

/*
 * Copies the word at *cursor as yylex() of ntpd/ntp_scanner.c reads it: up to a blank, a comment
 * or a special character, with one quoted part, which may be the end of it.
 *
 * @out: receives the word. Return: what is behind its terminating NUL.
 */
static char *read_word(const char **cursor, bool takes_specials, bool *ret_quoted, char *out) {
        const char *p = *cursor;
        const char *start = out;

        *ret_quoted = false;
        for (; *p && !isspace((unsigned char)*p) && *p != '#'; p++) {
                if (!takes_specials && strchr("{}(),;|=", *p)) {
                        if (out == start)
                                *out++ = *p++;
                        break;
                }
                if (*p == '"') {
                        *ret_quoted = true;
                        for (p++; *p && *p != '"'; p++)
                                *out++ = *p;
                        p += *p == '"';
                        break;
                }
                if (isascii((unsigned char)*p)) /* it drops what is not */
                        *out++ = *p;
        }
        *out++ = '\0';
        *cursor = p;
        return out;
}

/* @buffer: receives the words; two bytes for each byte of @line, and two more */
static void read_statement(const char *line, struct statement *ret, char *buffer) {
        for (const char *p = line; ret->count < 3; ret->count++) {
                bool takes_specials = ret->count == 1 && strcmp(ret->words[0], "includefile") == 0;

                while (isspace((unsigned char)*p))
                        p++;
                if (*p == '\0' || *p == '#')
                        return;
                ret->words[ret->count] = buffer;
                buffer = read_word(&p, takes_specials, &ret->quoted[ret->count], buffer);
        }
}

static bool is_keyword(const struct statement *statement, size_t index, const char *keyword) {
        return index < statement->count && !statement->quoted[index] &&
               strcmp(statement->words[index], keyword) == 0;
}

/* To ntpd a number is no name, and a special character is a word of its own. */
static bool is_name(const char *word, bool quoted) {
        return quoted || (word[strspn(word, "0123456789")] != '\0' && !strchr("{}(),;|=", *word));
}

/* "interface ACTION TARGET"; ntpd accepts the rule whatever follows, and only logs an error. */
static int read_rule(const struct reader *reader, const char *path,
                     const struct statement *statement) {
        bool binds = is_keyword(statement, 1, "listen") || is_keyword(statement, 1, "drop");
        enum ntp_target target = NTP_TARGET_NETWORK;

        if ((!binds && !is_keyword(statement, 1, "ignore")) || statement->count < 3 ||
            !is_name(statement->words[2], statement->quoted[2])) {
                log_warning(path, statement->line, "Not an interface rule, ignored: %s",
                            statement->text);
                return 0;
        }

        if (is_keyword(statement, 2, "all"))
                target = NTP_TARGET_ALL;
        else if (is_keyword(statement, 2, "ipv6"))
                target = NTP_TARGET_IPV6;
        else if (is_keyword(statement, 2, "ipv4"))
                target = NTP_TARGET_IPV4;
        else if (is_keyword(statement, 2, "wildcard"))
                target = NTP_TARGET_WILDCARD;
        return ntp_rules_add(reader->rules, binds, target, statement->words[2], path,
                             statement->line, statement->text);
}

/* Reads the *.conf files, the last name first: lex_push_file() of ntpd/ntp_scanner.c pushes them on
 * a stack in the order of their names, so ntpd reads them in reverse. */
static int read_directory(struct reader *reader, const char *path, size_t open_files) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        CLEANUP(string_list_clear) struct string_list paths = { 0 };
        int r;

        r = tree_list(reader->tree, path, &names);
        if (r < 0) {
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
                return r == -ENOMEM ? r : 0;
        }
        for (size_t i = 0; i < names.count; i++) {
                size_t length = strlen(names.items[i]);
                char *file;

                if (length < 5 || strcmp(names.items[i] + length - 5, ".conf") != 0)
                        continue;
                if (path_join(path, names.items[i], &file) < 0)
                        return -ENOMEM;
                r = string_list_take(&paths, file);
                if (r < 0)
                        return r;
        }

        for (size_t i = paths.count; i > 0 && !reader->ended; i--) {
                r = read_path(reader, paths.items[i - 1], open_files + i - 1);
                if (r < 0)
                        return r;
        }
        return 0;
}

/*
 * The path of "includefile NAME": to NTPsec relative to the directory of the file that includes
 * (reparent() in ntpd/ntp_scanner.c), to the classic ntpd relative to its working directory, "/"
 * under systemd.
 */
static char *resolve_include(struct tree *tree, const char *from, const char *name) {
        const char *slash = strrchr(from, '/');
        CLEANUP(freep) char *beside = NULL;
        char *path = NULL;
        struct stat st;

        if (name[0] == '/')
                return strdup(name);
        if (asprintf(&beside, "%.*s/%s", (int)(slash - from), from, name) < 0)
                return NULL;
        if (tree_stat(tree, beside, &st) == 0)
                return TAKE_POINTER(beside);
        return asprintf(&path, "/%s", name) < 0 ? NULL : path;
}

static int read_include(struct reader *reader, const char *path, const struct statement *statement,
                        size_t open_files) {
        CLEANUP(freep) char *target = NULL;
        struct stat st;
        int r;

        if (open_files > OPEN_FILES_MAX) {
                log_warning(path, statement->line, "Includes nest too deeply for ntpd, ignored: %s",
                            statement->text);
                return 0;
        }
        target = resolve_include(reader->tree, path, statement->words[1]);
        if (!target)
                return -ENOMEM;
        r = tree_stat(reader->tree, target, &st);
        if (r < 0) {
                log_warning(path, statement->line, "Cannot include '%s': %s", statement->words[1],
                            tree_strerror(r));
                if (r == -ENOENT)
                        missing_file_record(&reader->tree->missing, path, statement->line, target);
                return 0;
        }
        return read_path(reader, target, open_files);
}

static int read_line(struct reader *reader, const char *path, const char *text, unsigned line,
                     size_t open_files) {
        struct statement statement = { .line = line, .text = text };
        CLEANUP(freep) char *words = malloc(2 * strlen(text) + 2);

        if (!words)
                return -ENOMEM;
        read_statement(text, &statement, words);

        if (is_keyword(&statement, 0, "interface") || is_keyword(&statement, 0, "nic"))
                return read_rule(reader, path, &statement);
        if (is_keyword(&statement, 0, "includefile") && statement.count > 1)
                return read_include(reader, path, &statement, open_files);
        if (is_keyword(&statement, 0, "end"))
                reader->ended = true;
        return 0;
}

static int read_file(struct reader *reader, const char *path, char *content, size_t open_files) {
        unsigned line = 1;
        char *next;

        for (char *p = content; p && !reader->ended; p = next, line++) {
                int r;

                next = strchr(p, '\n');
                if (next)
                        *next++ = '\0';
                r = read_line(reader, path, p, line, open_files);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* @open_files: how many ntpd has open besides this one */
static int read_path(struct reader *reader, const char *path, size_t open_files) {
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r;

        r = tree_read(reader->tree, path, &content, &size);
        if (r == -EISDIR)
                return read_directory(reader, path, open_files);
        if (r < 0) {
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
                /* Files that include themselves have no end. */
                reader->ended |= r == -EDQUOT;
                return r == -ENOMEM ? r : 0;
        }
        return read_file(reader, path, content, open_files + 1);
}

int ntp_config_read(struct tree *tree, const char *path, struct ntp_rules *rules) {
        struct reader reader = { .tree = tree, .rules = rules };
        const char *slash = strrchr(path, '/');
        CLEANUP(freep) char *directory = NULL;
        size_t open_files = 0;
        struct stat st;
        int r;

        if (tree_stat(tree, path, &st) == 0) {
                r = read_path(&reader, path, 0);
                if (r < 0)
                        return r;
                open_files = 1; /* ntpd leaves it open, at its end */
        }

        reader.ended = false;
        if (asprintf(&directory, "%.*s/ntp.d", (int)(slash - path), path) < 0)
                return -ENOMEM;
        if (tree_stat(tree, directory, &st) < 0 || !S_ISDIR(st.st_mode))
                return 0;
        return read_directory(&reader, directory, open_files);
}
