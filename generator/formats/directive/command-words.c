/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/command-words.h"

#include "common/cleanup.h"
#include "formats/included-files.h"
#include "input/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* More than any daemon has. What follows is ignored. */
enum { WORDS_MAX = 10000 };

struct reader {
        struct included_files files;
        const struct source *source;
        struct candidates *candidates;
        struct command_words *ret;
        bool are_plain; /* behind "--" */
};

static int add(struct command_words *ret, const char *word, struct word_place place) {
        size_t count = ret->words.count;
        struct word_place *places;

        if (count >= WORDS_MAX)
                return 0;
        places = reallocarray(ret->places, count + 1, sizeof(*places));
        if (!places)
                return -ENOMEM;
        ret->places = places;
        places[count] = place;
        return string_list_add(&ret->words, word);
}

/* Return: the path behind the prefix, or NULL if the word has none. */
static const char *path_in(const struct reader *reader, const char *word) {
        const char *prefix = reader->source->language->option_file;
        size_t length = prefix ? strlen(prefix) : 0;

        return length > 0 && !reader->are_plain && strncmp(word, prefix, length) == 0
                       ? word + length
                       : NULL;
}

static int read_word(struct reader *reader, const char *word, struct word_place place) {
        const char *directory = reader->source->directory, *file = path_in(reader, word);
        CLEANUP(freep) char *path = NULL;
        bool exists = false;
        int r;

        if (!file) {
                reader->are_plain |= strcmp(word, "--") == 0;
                return add(reader->ret, word, place);
        }
        r = path_merge(directory ? directory : "/", file, &path);
        if (r >= 0)
                r = included_files_read(&reader->files, path, &exists);
        if (r == -EISDIR || (r >= 0 && !exists))
                r = address_list_add_unknown(&reader->candidates->addresses, place.file, place.line,
                                             word, "this file of options is not there");
        return r;
}

static int read_file(struct included_files *files, const char *path, char *content) {
        struct reader *reader = files->data;
        struct string_list *paths = &reader->ret->paths;
        struct word_place place = { 0 };
        char *line;
        int r;

        r = string_list_add(paths, path);
        if (r >= 0)
                place.file = paths->items[paths->count - 1];
        while (r >= 0 && (line = strsep(&content, "\n"))) {
                size_t length = strlen(line);

                place.line++;
                if (length > 0 && line[length - 1] == '\r')
                        line[length - 1] = '\0';
                if (*line && *line != '#')
                        r = read_word(reader, line, place);
        }
        return r;
}

int command_words_read(struct tree *tree, const struct source *source,
                       struct candidates *candidates, struct command_words *ret) {
        const struct string_list *words = source->arguments;
        struct reader reader = {
                .files = { .tree = tree, .read = read_file },
                .source = source,
                .candidates = candidates,
                .ret = ret,
        };
        int r = 0;

        reader.files.data = &reader;
        for (size_t i = 0; words && r >= 0 && i < words->count; i++)
                r = read_word(
                        &reader, words->items[i],
                        (struct word_place){ source->arguments_file, source->arguments_line });
        return r;
}

void command_words_clear(struct command_words *words) {
        string_list_clear(&words->words);
        string_list_clear(&words->paths);
        free(words->places);
}
