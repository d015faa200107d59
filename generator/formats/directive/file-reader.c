/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/file-reader.h"

#include "common/cleanup.h"
#include "formats/directive/include-files.h"
#include "formats/directive/json-statements.h"
#include "formats/directive/yaml-statements.h"
#include "formats/unread-language.h"
#include "input/tree-glob.h"
#include "log.h"

#include <errno.h>
#include <string.h>

enum { POSTPONED_MAX = 16 }; /* patterns that one Config= postpones */

void file_reader_clear(struct file_reader *reader) {
        inclusions_clear(&reader->postponed);
}

static int read_path(struct file_reader *reader, const char *keyword, const char *path);

/* What does not exist is skipped: daemons differ in whether it has to, and log it themselves. */
static int read_pattern(struct file_reader *reader, const char *from, const char *keyword,
                        const char *pattern) {
        CLEANUP(string_list_clear) struct string_list paths = { 0 };
        int r;

        r = tree_glob(reader->tree, pattern, &paths);
        if (r < 0 && r != -ENOMEM)
                log_warning(from, 0, "Cannot include '%s': %s", pattern, tree_strerror(r));
        for (size_t i = 0; i < paths.count && r >= 0; i++)
                r = read_path(reader, keyword, paths.items[i]);
        return r == -ENOMEM ? r : 0;
}

/* For the plan. A name without '/' may be that of something else: a snippet of caddy. */
static void keep_missing(struct file_reader *reader, const char *from, unsigned line,
                         const char *values, const char *pattern) {
        struct tree *tree = reader->tree;
        struct stat st;

        if (strchr(values, '/') && !strpbrk(pattern, "*?[") &&
            tree_stat(tree, pattern, &st) == -ENOENT)
                missing_file_record(&tree->missing, from, line, pattern);
}

static int read_include(struct file_reader *reader, const char *from, unsigned line,
                        const struct inclusion *inclusion) {
        const struct directive_language *language = reader->evaluation->language;
        CLEANUP(freep) char *pattern = NULL;
        int r;

        r = include_pattern(language, reader->config, from, inclusion->text, &pattern);
        if (r < 0 || !pattern)
                return r;
        keep_missing(reader, from, line, inclusion->text, pattern);
        if (language->includes_last)
                return inclusions_take(&reader->postponed, inclusion->keyword,
                                       TAKE_POINTER(pattern));
        return read_pattern(reader, from, inclusion->keyword, pattern);
}

static int read_statement(struct file_reader *reader, const char *file,
                          const struct statement *statement) {
        CLEANUP(inclusions_clear) struct inclusions includes = { 0 };
        int r;

        r = evaluation_begin_statement(reader->evaluation, file, statement, &includes);
        if (r == -EDQUOT) {
                reader->stopped = true;
                return 0;
        }
        for (size_t i = 0; r >= 0 && i < includes.count; i++)
                r = read_include(reader, file, statement->line, &includes.items[i]);
        return r < 0 ? r : evaluation_end_statement(reader->evaluation, statement);
}

static int read_json(struct file_reader *reader, const char *path, const char *content) {
        CLEANUP(json_statements_clear) struct json_statements json = { 0 };
        struct statement statement;
        int r;

        r = json_statements_init(&json, content);
        while (r >= 0 && !reader->stopped && json_statements_next(&json, &statement))
                r = read_statement(reader, path, &statement);
        if (r >= 0 && json.is_malformed)
                log_warning(path, json.line, "This is no JSON, ignoring what follows.");
        return r;
}

/* What precedes a mistake counts. Then the file has addresses that are not known, if any. */
static int read_yaml(struct file_reader *reader, const char *path, const char *content) {
        CLEANUP(yaml_statements_clear) struct yaml_statements statements = { 0 };
        int parsed =
                yaml_statements_read(content, &reader->evaluation->language->comments, &statements);
        int r = parsed == -ENOMEM ? parsed : 0;

        for (size_t i = 0; r >= 0 && !reader->stopped && i < statements.count; i++)
                r = read_statement(reader, path, &statements.items[i]);
        if (r < 0 || parsed == 0)
                return r;
        return unread_language_mention(path, content, "YAML or JSON of this kind is not read",
                                       &reader->evaluation->candidates.addresses);
}

static int read_file(struct file_reader *reader, const char *path, const char *content) {
        CLEANUP(statement_scanner_clear) struct statement_scanner scanner = { 0 };
        struct statement statement;
        int r;

        if (reader->evaluation->language->json)
                return read_json(reader, path, content);
        if (reader->evaluation->language->yaml)
                return read_yaml(reader, path, content);
        if (json_is_likely(content))
                return unread_language_mention(path, content, "JSON is not read",
                                               &reader->evaluation->candidates.addresses);
        r = statement_scanner_init(&scanner, reader->evaluation->language, content);
        while (r >= 0 && !reader->stopped && statement_scanner_next(&scanner, &statement))
                r = read_statement(reader, path, &statement);
        return r;
}

static int read_directory(struct file_reader *reader, const char *keyword, const char *path) {
        CLEANUP(string_list_clear) struct string_list files = { 0 };
        int r;

        r = include_directory(reader->tree, reader->evaluation->language, keyword, path, &files);
        for (size_t i = 0; r >= 0 && i < files.count; i++)
                r = read_path(reader, keyword, files.items[i]);
        return r;
}

/* A file that includes itself: daemons refuse that, or ignore it and read on. */
static bool is_open(const struct file_reader *reader, const char *path) {
        for (unsigned i = 0; i < reader->depth; i++)
                if (strcmp(reader->open[i], path) == 0)
                        return true;
        return false;
}

/* @keyword: the Include= that names it; NULL: Config= does */
static int read_path(struct file_reader *reader, const char *keyword, const char *path) {
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r;

        if (is_open(reader, path)) {
                if (!reader->has_warned)
                        log_warning(path, 0, "This file includes itself, ignoring that.");
                reader->has_warned = true;
                return 0;
        }
        if (reader->depth == FILE_READER_DEPTH_MAX) {
                log_warning(path, 0, "Includes nest deeper than %d, ignoring the rest.",
                            FILE_READER_DEPTH_MAX);
                reader->stopped = true;
                return 0;
        }
        r = tree_read(reader->tree, path, &content, &size);
        if (r == -ENOENT || r == -ENOMEM)
                return r == -ENOMEM ? r : 0;
        reader->stopped |= r == -EDQUOT;
        if (r < 0 && r != -EISDIR) {
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
                return 0;
        }

        reader->open[reader->depth++] = path;
        r = r == -EISDIR ? read_directory(reader, keyword, path) : read_file(reader, path, content);
        reader->depth--;
        return r;
}

int file_reader_read(struct file_reader *reader, const char *path) {
        int r;

        reader->config = path;
        r = read_path(reader, NULL, path);
        /* A block that is still open ends with the file. */
        string_list_clear(&reader->evaluation->blocks.names);
        /* These files may postpone more, and one may postpone itself. */
        for (size_t i = 0; r >= 0 && i < reader->postponed.count && i < POSTPONED_MAX; i++)
                r = read_pattern(reader, path, reader->postponed.items[i].keyword,
                                 reader->postponed.items[i].text);
        inclusions_clear(&reader->postponed);
        return r;
}
