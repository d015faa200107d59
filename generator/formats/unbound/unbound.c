/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/brace-expansion.h"
#include "formats/format.h"
#include "formats/included-files.h"
#include "formats/unbound/lexer.h"
#include "formats/unbound/listeners.h"
#include "input/path.h"
#include "input/private-files.h"
#include "log.h"

#include <string.h>

/* What differs between the two daemons. */
struct dialect {
        struct lexer_rules words;
        bool keywords_anywhere; /* a keyword is one also where a value is expected */
        bool control_enabled;   /* without control-enable; NSD's is off unless built by Debian */
        int (*collect)(const struct listeners *listeners, struct address_list *ret);
};

/* Whether the next word is the path of a file, and what of. */
enum inclusion { INCLUSION_NONE, INCLUSION_INLINE, INCLUSION_TOPLEVEL };

struct reader {
        const struct dialect *dialect;
        struct listeners listeners;
        enum section section;
        /* These continue in an included file: its first word may be a value. */
        const struct keyword *keyword; /* that the values are of, or NULL */
        unsigned values_left;
        enum inclusion inclusion;
        char *directory; /* of relative paths; NULL: "/", where systemd starts daemons */
};

static void reader_clear(struct reader *reader) {
        listeners_clear(&reader->listeners);
        free(reader->directory);
}

static int include(struct included_files *files, const char *from, unsigned line,
                   const char *pattern) {
        const struct reader *reader = files->data;
        const char *directory = reader->directory ? reader->directory : "";
        CLEANUP(string_list_clear) struct string_list patterns = { 0 };
        CLEANUP(freep) char *absolute = NULL;
        int r;

        if (pattern[0] == '~') {
                log_warning(from, line, "Paths below home directories are not read: %s", pattern);
                return 0;
        }
        if (pattern[0] != '/' && path_join(directory, pattern, &absolute) < 0)
                return -ENOMEM;
        r = brace_expand(absolute ? absolute : pattern, &patterns);
        if (r == -E2BIG)
                log_warning(from, line, "Too many braces, not all files are read: %s", pattern);
        for (size_t i = 0; i < patterns.count && r != -ENOMEM; i++)
                r = included_files_read_pattern(files, from, line, patterns.items[i]);
        return r == -ENOMEM ? r : 0;
}

/* include-toplevel ends the present section, and so does the end of its files. */
static int read_path(struct included_files *files, const char *text, const struct place *place) {
        struct reader *reader = files->data;
        bool toplevel = reader->inclusion == INCLUSION_TOPLEVEL;
        int r;

        reader->inclusion = INCLUSION_NONE;
        if (toplevel)
                reader->section = SECTION_NONE;
        r = include(files, place->file, place->line, text);
        if (toplevel)
                reader->section = SECTION_NONE;
        return r;
}

static int set_directory(struct reader *reader, const char *text) {
        char *directory;

        if (text[0] == '/')
                directory = strdup(text);
        else if (path_join(reader->directory ? reader->directory : "", text, &directory) < 0)
                return -ENOMEM;
        if (!directory)
                return -ENOMEM;
        free(reader->directory);
        reader->directory = directory;
        return 0;
}

/* "ip4-only: no" changes nothing (configparser.y of NSD). */
static void set_flag(struct listeners *listeners, enum flag flag, const char *text) {
        bool *flags = listeners->flags;
        bool yes = strcmp(text, "yes") == 0;

        if (flag == FLAG_IP4_ONLY || flag == FLAG_IP6_ONLY) {
                if (yes) {
                        flags[FLAG_IP4] = flag == FLAG_IP4_ONLY;
                        flags[FLAG_IP6] = flag == FLAG_IP6_ONLY;
                }
                return;
        }
        flags[flag] = yes;
}

static int read_value(struct reader *reader, const char *text, const struct place *place) {
        const struct keyword *keyword = reader->keyword;

        if (reader->values_left > 0)
                reader->values_left--;
        reader->keyword = NULL; /* none that counts has two values */
        if (!keyword)
                return 0;
        if (keyword->type == KEYWORD_ADDRESS)
                return listeners_add(&reader->listeners, keyword->listener, text, place);
        if (keyword->type == KEYWORD_DIRECTORY)
                return set_directory(reader, text);
        set_flag(&reader->listeners, keyword->flag, text);
        return 0;
}

static bool is_keyword(const char *text) {
        size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

        return length > 0 && strcmp(text + length, ":") == 0;
}

static void read_keyword(struct reader *reader, const char *text, const struct place *place) {
        reader->keyword = NULL;
        reader->values_left = 0;
        if (!is_keyword(text)) {
                log_warning(place->file, place->line, "Not a keyword: %s", text);
        } else if (!keyword_section(text, &reader->section)) {
                reader->keyword = keyword_find(reader->section, text);
                reader->values_left = keyword_value_count(text);
        }
}

static int read_word(struct included_files *files, const char *text, bool is_quoted,
                     const struct place *place) {
        struct reader *reader = files->data;
        bool anywhere = reader->dialect->keywords_anywhere;

        if (reader->inclusion != INCLUSION_NONE)
                return read_path(files, text, place);
        if (!is_quoted && strcmp(text, "include:") == 0)
                reader->inclusion = INCLUSION_INLINE;
        else if (!is_quoted && !anywhere && strcmp(text, "include-toplevel:") == 0)
                reader->inclusion = INCLUSION_TOPLEVEL;
        else if (anywhere ? is_quoted || !is_keyword(text) : reader->values_left > 0)
                return read_value(reader, text, place);
        else
                read_keyword(reader, text, place);
        return 0;
}

static enum lexer_place next_place(const struct reader *reader) {
        if (reader->inclusion != INCLUSION_NONE)
                return PLACE_PATH;
        return reader->values_left > 0 ? PLACE_VALUE : PLACE_KEYWORD;
}

/* An included_files_read_fn. NOLINTNEXTLINE(readability-non-const-parameter) */
static int read_file(struct included_files *files, const char *path, char *content) {
        struct reader *reader = files->data;
        struct lexer lexer = {
                .rules = &reader->dialect->words,
                .text = content,
                .position = content,
                .line = 1,
        };
        struct word word;

        while (lexer_next(&lexer, next_place(reader), &word)) {
                CLEANUP(freep) char *text = strndup(word.start, word.length);
                CLEANUP(freep) char *line = lexer_copy_line(&lexer, &word);
                int r;

                if (!text || !line)
                        return -ENOMEM;
                if (word.is_unclosed)
                        log_warning(path, word.line, "A quote is not closed.");
                r = read_word(files, text, word.is_quoted,
                              &(struct place){ path, word.line, line });
                if (r < 0)
                        return r;
        }
        return 0;
}

static int know_keywords(void) {
        static const char *const KEYWORDS[] = { "interface", "ip-address", "control-interface",
                                                "metrics-interface", "-a" };
        int r = 0;

        for (size_t i = 0; i < sizeof(KEYWORDS) / sizeof(KEYWORDS[0]) && r >= 0; i++)
                r = private_files_allow(KEYWORDS[i]);
        return r;
}

/* nsd's "-a ADDRESS": one more address of the server. */
static int read_options(struct reader *reader, const struct source *source) {
        const struct string_list *words = source->arguments;
        const struct place place = { source->arguments_file, source->arguments_line, "-a" };
        int r = 0;

        for (size_t i = 0; words && i < words->count && r >= 0; i++) {
                const char *word = words->items[i];

                if (word[0] != '-')
                        continue;
                word += 1 + strspn(word + 1, "46dhv"); /* options without an argument */
                if (word[0] == '\0' || word[0] == '-')
                        continue;
                if (word[1] == '\0' && ++i == words->count)
                        break;
                if (word[0] == 'a')
                        r = listeners_add(&reader->listeners, LISTENER_SERVER,
                                          word[1] ? word + 1 : words->items[i], &place);
        }
        return r;
}

static int read_all(struct tree *tree, const struct source *source, struct reader *reader,
                    struct address_list *ret) {
        struct included_files files = { .tree = tree, .read = read_file, .data = reader };
        int r = know_keywords();

        for (size_t i = 0; i < source->config->count && r >= 0; i++) {
                r = included_files_read(&files, source->config->items[i], NULL);
                if (r == -EISDIR)
                        r = 0;
        }
        if (r >= 0 && reader->dialect->keywords_anywhere)
                r = read_options(reader, source);
        if (r >= 0)
                r = reader->dialect->collect(&reader->listeners, ret);
        return r;
}

static const struct dialect UNBOUND = {
        .words = { .quotes = "\"'", .keywords_end_at_colon = true },
        .collect = listeners_collect_unbound,
};

static const struct dialect NSD = {
        .words = { .quotes = "\"", .quotes_span_lines = true },
        .keywords_anywhere = true,
        .control_enabled = true,
        .collect = listeners_collect_nsd,
};

static int read_dialect(struct tree *tree, const struct source *source,
                        const struct dialect *dialect, struct address_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = {
                .dialect = dialect,
                .listeners.flags = {
                        [FLAG_IP4] = true,
                        [FLAG_IP6] = true,
                        [FLAG_UDP] = true,
                        [FLAG_CONTROL] = dialect->control_enabled,
                },
        };

        return read_all(tree, source, &reader, ret);
}

int unbound_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        return read_dialect(tree, source, &UNBOUND, ret);
}

int nsd_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        return read_dialect(tree, source, &NSD, ret);
}
