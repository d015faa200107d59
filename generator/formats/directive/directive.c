/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/directive/blocks.h"
#include "formats/directive/candidates.h"
#include "formats/directive/command-line.h"
#include "formats/directive/statements.h"
#include "formats/directive/values.h"
#include "formats/environment.h"
#include "formats/format.h"
#include "input/private-files.h"
#include "input/tree-glob.h"
#include "log.h"

#include <string.h>

#define BLANKS " \t\r\v\f"

/* Deeper than any daemon's configuration. */
enum {
        INCLUDES_MAX = 16,
        EXPANSION_MAX = 64 << 20, /* bytes of text with its variables replaced, in all */
};

struct reader {
        struct tree *tree;
        const struct directive_language *language;
        struct string_list environment;
        const char *config; /* the Config= that is being read */
        struct blocks blocks;
        struct candidates found;
        struct string_list postponed; /* patterns of files, for IncludeOrder=last */
        uint64_t unless_met;          /* which of Unless= are so: one bit each */
        uint64_t only_if_met;         /* which of OnlyIf= are so */
        unsigned depth;
        size_t expanded; /* bytes, so far */
        bool stopped;    /* there is no end of it */
};

/* Of an address that no statement takes back. */
static const struct candidate_origin ORIGIN_FINAL = { SIZE_MAX, 0 };

static void reader_clear(struct reader *reader) {
        string_list_clear(&reader->environment);
        blocks_clear(&reader->blocks);
        candidates_clear(&reader->found);
        string_list_clear(&reader->postponed);
}

static int read_path(struct reader *reader, const char *path);

/* Return: the values of a statement if it is one of "BLOCK/KEYWORD", else NULL. */
static const char *match(const struct reader *reader, const char *path, const char *text) {
        const char *slash = strrchr(path, '/');
        const char *values = statement_values(text, slash ? slash + 1 : path);

        return values && blocks_match(&reader->blocks, path) ? values : NULL;
}

/* Of one keyword, the last statement counts: "ip-freebind: yes", then "ip-freebind: no". */
static int read_conditions(const struct reader *reader, const struct string_list *conditions,
                           const char *text, uint64_t *met) {
        for (size_t i = 0; i < conditions->count && i < 64; i++) {
                const char *value = conditions->items[i] + strcspn(conditions->items[i], " \t");
                CLEANUP(freep) char *keyword = NULL;
                const char *values;

                keyword = strndup(conditions->items[i], (size_t)(value - conditions->items[i]));
                if (!keyword)
                        return -ENOMEM;
                value += strspn(value, " \t");
                values = match(reader, keyword, text);
                if (values && (!*value || values_contain(values, value)))
                        *met |= UINT64_C(1) << i;
                else if (values)
                        *met &= ~(UINT64_C(1) << i);
        }
        return 0;
}

static bool is_freebind(const struct directive_language *language, const char *values) {
        for (size_t i = 0; i < language->freebind.count; i++)
                if (values_contain(values, language->freebind.items[i]))
                        return true;
        return false;
}

static int add_values(struct reader *reader, struct candidate_origin origin, const char *values,
                      const char *file, unsigned line, const char *text) {
        const char *value;
        size_t length;
        int r;

        while ((value = value_next(&values, &length))) {
                struct pattern pattern;

                r = value_parse(value, length, reader->language->port_after_last_colon, &pattern);
                if (r == -ENODEV)
                        log_warning(file, line, "No name of an interface, ignoring: %.*s",
                                    (int)length, value);
                if (r < 0)
                        continue;
                r = candidates_add(&reader->found, origin, &pattern, file, line, text);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int read_values(struct reader *reader, size_t directive, const char *values,
                       const char *file, const struct statement *statement) {
        const struct candidate_origin origin = { directive, blocks_number(&reader->blocks) };

        if (reader->language->last_one_counts)
                candidates_replace(&reader->found, origin);
        if (is_freebind(reader->language, values))
                return 0;
        return add_values(reader, origin, values, file, statement->line, statement->text);
}

/* A line of a table, "[ADDR]:PORT ...", stands for itself: no other replaces it. */
static int read_first_word(struct reader *reader, const char *text, const char *file,
                           const struct statement *statement) {
        CLEANUP(freep) char *word = NULL;

        text += strspn(text, BLANKS);
        if (text[0] != '[')
                return 0;
        word = strndup(text, strcspn(text, BLANKS));
        if (!word)
                return -ENOMEM;
        return add_values(reader, ORIGIN_FINAL, word, file, statement->line, statement->text);
}

static bool is_included(const struct reader *reader, const char *name) {
        const char *suffix = reader->language->include_suffix;
        size_t length = strlen(name), suffix_length = suffix ? strlen(suffix) : 0;

        return name[0] != '.' && length >= suffix_length &&
               strcmp(name + length - suffix_length, suffix ? suffix : "") == 0;
}

static int read_directory(struct reader *reader, const char *path) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r;

        r = tree_list(reader->tree, path, &names);
        if (r < 0) {
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
                return r == -ENOMEM ? r : 0;
        }
        for (size_t i = 0; i < names.count; i++) {
                CLEANUP(freep) char *file = NULL;
                struct stat st;

                if (!is_included(reader, names.items[i]))
                        continue;
                if (asprintf(&file, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/",
                             names.items[i]) < 0)
                        return -ENOMEM;
                if (tree_stat(reader->tree, file, &st) < 0 || S_ISDIR(st.st_mode))
                        continue;
                r = read_path(reader, file);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* Makes a path absolute as IncludeBase= says. */
static char *resolve(const struct reader *reader, const char *from, const char *name,
                     size_t length) {
        const char *base = reader->language->include_base;
        const char *beside = base && strcmp(base, "file") == 0 ? from : reader->config;
        char *path = NULL;

        if (name[0] == '/')
                return strndup(name, length);
        if (base && base[0] == '/')
                return asprintf(&path, "%s/%.*s", base, (int)length, name) < 0 ? NULL : path;
        return asprintf(&path, "%.*s/%.*s", (int)(strrchr(beside, '/') - beside), beside,
                        (int)length, name) < 0
                       ? NULL
                       : path;
}

/* What is not there is passed over: daemons differ in whether it has to be, and say so. */
static int read_pattern(struct reader *reader, const char *from, const char *pattern) {
        CLEANUP(string_list_clear) struct string_list paths = { 0 };
        int r;

        r = tree_glob(reader->tree, pattern, &paths);
        if (r < 0 && r != -ENOMEM)
                log_warning(from, 0, "Cannot include '%s': %s", pattern, tree_strerror(r));
        for (size_t i = 0; i < paths.count && r >= 0; i++)
                r = read_path(reader, paths.items[i]);
        return r == -ENOMEM ? r : 0;
}

static int read_include(struct reader *reader, const char *from, const char *values) {
        CLEANUP(freep) char *pattern = NULL;
        bool quoted = values[0] && strchr("\"'", values[0]);
        size_t length = strcspn(values + quoted, quoted ? (char[]){ values[0], '\0' } : " \t\r,");

        if (length == 0)
                return 0;
        pattern = resolve(reader, from, values + quoted, length);
        if (!pattern)
                return -ENOMEM;
        if (reader->language->includes_last)
                return string_list_take(&reader->postponed, TAKE_POINTER(pattern));
        return read_pattern(reader, from, pattern);
}

static int read_keyword(struct reader *reader, const char *file,
                        const struct statement *statement) {
        const struct directive_language *language = reader->language;
        CLEANUP(freep) char *expanded = NULL;
        const char *text = statement->text, *values;
        int r;

        if (reader->environment.count > 0) {
                expanded = environment_expand(text, &reader->environment);
                if (!expanded)
                        return -ENOMEM;
                text = expanded;
                reader->expanded += strlen(expanded);
                if (reader->expanded > EXPANSION_MAX) {
                        log_warning(file, statement->line,
                                    "Variables expand to more than %d MiB, ignoring what follows.",
                                    EXPANSION_MAX >> 20);
                        reader->stopped = true;
                        return 0;
                }
        }

        r = read_conditions(reader, &language->unless, text, &reader->unless_met);
        if (r >= 0)
                r = read_conditions(reader, &language->only_if, text, &reader->only_if_met);
        for (size_t i = 0; r >= 0 && i < language->directives.count; i++)
                if (strcmp(language->directives.items[i], "[]") == 0)
                        r = read_first_word(reader, text, file, statement);
                else if ((values = match(reader, language->directives.items[i], text)))
                        r = read_values(reader, i, values, file, statement);
        for (size_t i = 0; r >= 0 && i < language->includes.count; i++)
                if ((values = match(reader, language->includes.items[i], text)))
                        r = read_include(reader, file, values);
        return r;
}

static int read_statement(struct reader *reader, const char *file,
                          const struct statement *statement) {
        int r = blocks_read_section(&reader->blocks, statement->text);

        if (r == 0)
                r = read_keyword(reader, file, statement);
        if (r >= 0 && statement->end == '{')
                r = blocks_open(&reader->blocks, statement->text);
        if (statement->end == '}')
                blocks_close(&reader->blocks);
        return r < 0 ? r : 0;
}

static int read_file(struct reader *reader, const char *path, const char *content) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        struct statement statement;
        int r;

        r = scanner_init(&scanner, reader->language, content);
        while (r >= 0 && !reader->stopped && scanner_next(&scanner, &statement))
                r = read_statement(reader, path, &statement);
        return r;
}

static int read_path(struct reader *reader, const char *path) {
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r;

        if (reader->depth == INCLUDES_MAX) {
                /* It includes itself; to go on would be to go on for ever. */
                log_warning(path, 0, "Includes nest deeper than %d, ignoring the rest.",
                            INCLUDES_MAX);
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

        reader->depth++;
        r = r == -EISDIR ? read_directory(reader, path) : read_file(reader, path, content);
        reader->depth--;
        return r;
}

static int read_option(struct reader *reader, const char *option, const struct string_list *words,
                       size_t index, const char *file) {
        const char *argument = options_match(option, words, index);
        CLEANUP(freep) char *text = NULL;

        if (!argument)
                return 0;
        if (asprintf(&text, "%s %s", option, argument) < 0)
                return -ENOMEM;
        return add_values(reader, ORIGIN_FINAL, argument, file, 0, text);
}

/* The command line, with the variables that systemd has for it. */
static int read_command_line(struct reader *reader, const struct source *source) {
        const struct string_list *options = &reader->language->options;
        CLEANUP(string_list_clear) struct string_list environment = { 0 }, words = { 0 };
        int r = 0;

        if (options->count == 0 || !source->arguments)
                return 0;
        for (size_t i = 0; r >= 0 && source->environment && i < source->environment->count; i++)
                r = string_list_add(&environment, source->environment->items[i]);
        for (size_t i = 0; r >= 0 && i < reader->environment.count; i++)
                r = string_list_add(&environment, reader->environment.items[i]);
        if (r >= 0)
                r = options_expand(source->arguments, &environment, &words);
        for (size_t i = 0; r >= 0 && i < words.count; i++)
                for (size_t k = 0; r >= 0 && k < options->count; k++)
                        r = read_option(reader, options->items[k], &words, i,
                                        source->arguments_file);
        return r;
}

static int read_config(struct reader *reader, const char *path) {
        int r;

        reader->config = path;
        r = read_path(reader, path);
        string_list_clear(&reader->blocks.names);
        /* They may postpone more of them, and one may be itself among these. */
        for (size_t i = 0; r >= 0 && i < reader->postponed.count && i < INCLUDES_MAX; i++)
                r = read_pattern(reader, path, reader->postponed.items[i]);
        string_list_clear(&reader->postponed);
        return r;
}

/* Return: 0 or -ENOMEM. */
static int know_keywords(const struct directive_language *language) {
        const struct string_list *const lists[] = { &language->directives, &language->options };
        int r = 0;

        for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
                for (size_t k = 0; k < lists[i]->count && r >= 0; k++) {
                        const char *slash = strrchr(lists[i]->items[k], '/');

                        r = private_files_allow(slash ? slash + 1 : lists[i]->items[k]);
                }
        return r;
}

int directive_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear) struct reader reader = { .tree = tree, .language = source->language };
        int r;

        r = know_keywords(source->language);
        if (r < 0)
                return r;
        for (size_t i = 0; i < source->environment_files->count; i++) {
                r = environment_read(tree, source->environment_files->items[i],
                                     &reader.environment);
                if (r == -ENOMEM)
                        return r;
        }
        for (size_t i = 0; i < source->config->count; i++) {
                r = read_config(&reader, source->config->items[i]);
                if (r < 0)
                        return r;
        }
        r = read_command_line(&reader, source);
        if (r < 0)
                return r;
        if (reader.unless_met || (source->language->only_if.count > 0 && !reader.only_if_met))
                return 0;

        for (size_t i = 0; i < reader.found.addresses.count; i++) {
                const struct address *address = &reader.found.addresses.items[i];

                r = address_list_add(ret, &address->pattern, address->file, address->line,
                                     address->text);
                if (r < 0)
                        return r;
        }
        return 0;
}
