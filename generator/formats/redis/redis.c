/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Redis, Valkey and their sentinels: lines of words, the last bind counts
 *
 * loadServerConfigFromString() in src/config.c, and main() in src/server.c, which makes such lines
 * of the command line. listenToPort(): an address with ':' is IPv6; what else is written there,
 * names as well, is bound by IPv4. One behind '-' may be missing: without a message Redis does not
 * listen there then.
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "formats/redis/redis-words.h"
#include "input/path.h"
#include "input/private-files.h"
#include "log.h"

#include <limits.h>
#include <string.h>

struct reader {
        struct included_files files;
        struct string_list bind; /* the values of the last one */
        char *bind_file;
        unsigned bind_line;
        char *bind_text;
        long port, tls_port;
        char *directory; /* where relative paths start */
};

struct place {
        const char *file;
        unsigned line;
        const char *text;
};

static void reader_clear(struct reader *reader) {
        string_list_clear(&reader->bind);
        free(reader->bind_file);
        free(reader->bind_text);
        free(reader->directory);
}

static int set_bind(struct reader *reader, char *const *words, size_t count,
                    const struct place *place) {
        int r = 0;

        string_list_clear(&reader->bind);
        free(reader->bind_file);
        free(reader->bind_text);
        reader->bind_file = strdup(place->file);
        reader->bind_text = strdup(place->text);
        reader->bind_line = place->line;
        if (!reader->bind_file || !reader->bind_text)
                return -ENOMEM;
        for (size_t i = 0; r >= 0 && i < count; i++)
                r = string_list_add(&reader->bind, words[i]);
        return r;
}

/* setConfigDirOption() calls chdir(2) at once. */
static int set_directory(struct reader *reader, const char *path) {
        CLEANUP(freep) char *base = NULL;

        if (strlen(reader->directory) + strlen(path) >= PATH_MAX)
                return 0;
        base = TAKE_POINTER(reader->directory);
        return path_merge(base, path, &reader->directory);
}

static int include(struct reader *reader, const char *pattern, const struct place *place) {
        CLEANUP(freep) char *path = NULL;
        int r = path_merge(reader->directory, pattern, &path);

        return r < 0 ? r
                     : included_files_read_pattern(&reader->files, place->file, place->line, path);
}

static int apply(struct reader *reader, char *const *words, size_t count,
                 const struct place *place) {
        if (strcasecmp(words[0], "bind") == 0)
                return set_bind(reader, words + 1, count - 1, place);
        if (count != 2)
                return 0;
        if (strcasecmp(words[0], "port") == 0)
                reader->port = strtol(words[1], NULL, 10);
        else if (strcasecmp(words[0], "tls-port") == 0)
                reader->tls_port = strtol(words[1], NULL, 10);
        else if (strcasecmp(words[0], "dir") == 0)
                return set_directory(reader, words[1]);
        else if (strcasecmp(words[0], "include") == 0)
                return include(reader, words[1], place);
        return 0;
}

/* A single value is split again: "A B" in quotes is two words. */
static int apply_words(struct reader *reader, const struct string_list *words,
                       const struct place *place) {
        CLEANUP(string_list_clear) struct string_list split = { 0 };
        int r;

        if (words->count == 0)
                return 0;
        if (words->count != 2 || !words->items[1][0] || strcasecmp(words->items[0], "bind") != 0)
                return apply(reader, words->items, words->count, place);
        r = string_list_add(&split, words->items[0]);
        if (r >= 0)
                r = redis_words_split(words->items[1], &split);
        if (r == -EINVAL)
                return 0;
        return r < 0 ? r : apply(reader, split.items, split.count, place);
}

static int read_line(struct reader *reader, const char *line, const struct place *place) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        int r;

        line += strspn(line, " \t\r");
        if (line[0] == '#')
                return 0;
        r = redis_words_split(line, &words);
        if (r == -EINVAL) {
                log_warning(place->file, place->line,
                            "A quote is not closed, ignoring the line: %s", place->text);
                return 0;
        }
        return r < 0 ? r : apply_words(reader, &words, place);
}

static int read_file(struct included_files *files, const char *path, char *content) {
        struct place place = { .file = path };
        char *line;
        int r = 0;

        while (r >= 0 && !files->stopped && (line = strsep(&content, "\n"))) {
                place.line++;
                place.text = line;
                r = read_line(files->data, line, &place);
        }
        return r;
}

/* Return: 1 if another option can begin at the next word, 0 if not yet; -ENOMEM. */
static int begin_option(const char *word, const char *next, struct string_list *words) {
        int r = redis_words_split(word + 2, words);
        bool has_value = words->count > 1;

        if (r < 0 && r != -EINVAL)
                return r;
        /* These two need no value. */
        if (!has_value && next && strncmp(next, "--", 2) == 0)
                has_value = strcasecmp(word, "--save") == 0 || strcasecmp(word, "--sentinel") == 0;
        return has_value;
}

/* "--bind A B" is the line "bind A B" behind the file. */
static int read_option(struct reader *reader, const struct source *source, size_t *index) {
        const struct string_list *arguments = source->arguments;
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        CLEANUP(freep) char *text = NULL;
        struct place place = { source->arguments_file, source->arguments_line, NULL };
        size_t i = *index;
        int r = begin_option(arguments->items[i],
                             i + 1 < arguments->count ? arguments->items[i + 1] : NULL, &words);
        bool is_complete = r > 0;

        for (i++; r >= 0 && i < arguments->count; i++) {
                if (is_complete && strncmp(arguments->items[i], "--", 2) == 0)
                        break;
                r = string_list_add(&words, arguments->items[i]);
                is_complete = true;
        }
        if (r < 0 || words.count == 0)
                return r < 0 ? r : (*index = i, 0);
        if (asprintf(&text, "--%s %s", words.items[0], words.count > 1 ? words.items[1] : "") < 0)
                return -ENOMEM;
        place.text = text;
        *index = i;
        return apply_words(reader, &words, &place);
}

/* Of the command line the first word may be the file, which source->config has. */
static int read_options(struct reader *reader, const struct source *source) {
        const struct string_list *arguments = source->arguments;
        int r = 0;

        for (size_t i = 0; r >= 0 && arguments && i < arguments->count;) {
                if (strncmp(arguments->items[i], "--", 2) == 0)
                        r = read_option(reader, source, &i);
                else
                        i++;
        }
        return r;
}

/* Without a file among its arguments it reads none. */
static int read_config(struct reader *reader, const struct source *source) {
        bool has_file = !source->arguments || source->arguments->count == 0 ||
                        source->arguments->items[0][0] != '-';
        int r = 0;

        for (size_t i = 0; has_file && r >= 0 && i < source->config->count; i++) {
                r = included_files_read(&reader->files, source->config->items[i], NULL);
                r = r == -EISDIR ? 0 : r;
        }
        return r;
}

/* An address that may be missing: if the machine has it, its DAD is waited for, as of a prefix. An
 * IPv4 address that is assigned is ready. */
static int add_optional(const struct reader *reader, const char *host, struct address_list *ret) {
        struct pattern pattern;

        if (pattern_parse_address(host, &pattern) < 0 || pattern_is_ipv4(&pattern) ||
            pattern_needs_no_waiting(&pattern))
                return 0;
        pattern.is_prefix = true;
        return address_list_add(ret, &pattern, reader->bind_file, reader->bind_line,
                                reader->bind_text);
}

static int add_address(const struct reader *reader, const char *host, struct address_list *ret) {
        if (host[0] == '-')
                return add_optional(reader, host + 1, ret);
        return host_add_of(ret, strchr(host, ':') ? ADDRESS_IPV6 : ADDRESS_IPV4, host,
                           reader->bind_file, reader->bind_line, reader->bind_text);
}

static int add_addresses(const struct reader *reader, struct address_list *ret) {
        int r = 0;

        if (reader->port == 0 && reader->tls_port == 0)
                return 0;
        for (size_t i = 0; r >= 0 && i < reader->bind.count; i++)
                r = add_address(reader, reader->bind.items[i], ret);
        return r;
}

int redis_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear) struct reader reader = { .port = 6379 };
        int r = private_files_allow("bind");

        reader.files = (struct included_files){ .tree = tree, .read = read_file, .data = &reader };
        reader.directory = strdup("/");
        if (!reader.directory)
                return -ENOMEM;
        if (r >= 0)
                r = private_files_allow("--bind");
        if (r >= 0)
                r = read_config(&reader, source);
        if (r >= 0)
                r = read_options(&reader, source);
        return r < 0 ? r : add_addresses(&reader, ret);
}
