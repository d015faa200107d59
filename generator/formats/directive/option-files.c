/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Format=options: a file of command line options, which a start script passes to the daemon
 *
 * Debian's memcached.conf is one (scripts/systemd-memcached-wrapper): lines of words that a shell
 * splits, comments begin with '#'. The script skips lines that do not begin with an option, and
 * those that begin with -d or -h. The options whose arguments are addresses are those of Option=.
 */

#include "common/cleanup.h"
#include "formats/directive/command-line.h"
#include "formats/format.h"
#include "formats/included-files.h"
#include "formats/word-lines.h"
#include "input/private-files.h"

static const struct scanner_syntax SYNTAX = {
        .comments = "#",
        .comments_in_words = true,
        .quotes = "\"'",
        .literal_quotes = "'",
        .lines = true,
};

struct reader {
        struct included_files files;
        const struct source *source;
        struct candidates *candidates;
        unsigned families; /* that Unless= and the like leave */
};

static bool is_read(const char *word) {
        return word[0] == '-' && word[1] != 'd' && word[1] != 'h';
}

static int read_words(struct reader *reader, const struct source *source) {
        CLEANUP(command_words_clear) struct command_words command = { 0 };
        int r;

        r = command_words_read(reader->files.tree, source, reader->candidates, &command);
        reader->families &= command_line_families(source->language, &command);
        return r < 0 ? r : command_line_read(source, &command, reader->candidates);
}

static int read_file(struct included_files *files, const char *path, char *content) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        CLEANUP(word_line_clear) struct word_line line = { 0 };
        struct reader *reader = files->data;
        int r;

        r = scanner_init(&scanner, &SYNTAX, content);
        while (r >= 0 && (r = word_line_next(&scanner, &line)) > 0) {
                const struct source source = {
                        .language = reader->source->language,
                        .arguments = &line.words,
                        .arguments_file = path,
                        .arguments_line = line.line,
                };

                if (!is_read(line.words.items[0]))
                        continue;
                r = read_words(reader, &source);
        }
        return r < 0 ? r : 0;
}

int option_files_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(candidates_clear) struct candidates candidates = { 0 };
        struct reader reader = {
                .files = { .tree = tree, .read = read_file },
                .source = source,
                .candidates = &candidates,
                .families = ADDRESS_FAMILIES,
        };
        const struct string_list *options = &source->language->options;
        int r = 0;

        reader.files.data = &reader;
        for (size_t i = 0; r >= 0 && i < options->count; i++)
                r = private_files_allow(options->items[i]);
        for (size_t i = 0; r >= 0 && i < source->config->count; i++) {
                r = included_files_read(&reader.files, source->config->items[i], NULL);
                r = r == -EISDIR ? 0 : r;
        }
        if (r >= 0)
                r = read_words(&reader, source);
        return r < 0 ? r : candidates_move_of(&candidates, reader.families, ret);
}
