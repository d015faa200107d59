/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/config-files.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"
#include "input/option-words.h"
#include "input/path.h"
#include "log.h"
#include "plan/known-script.h"
#include "units/unit-specifiers.h"

#include <string.h>
#include <sys/param.h>

/* More than any command line names; each is read. */
enum { FILES_MAX = 100, PATH_LENGTH_MAX = 4096 };

struct search {
        const struct settings *settings;
        const struct exec_program *program;
        const struct exec_command *source; /* of @program */
        char *directory;                   /* where relative paths start */
        struct string_list *files;
        size_t first;    /* of @files that this program names */
        size_t word;     /* of the last one, SIZE_MAX if there is none */
        bool has_warned; /* once is enough */
};

static void search_clear(struct search *search) {
        free(search->directory);
}

/* What follows the option: a pattern, or "KEYWORD="; or NULL. */
static const char *pattern_of(const char *option) {
        const char *blank = strpbrk(option, SYSTEMD_WHITESPACE);

        return blank ? blank + strspn(blank, SYSTEMD_WHITESPACE) : NULL;
}

/* Each '*' of the pattern is the argument. */
static char *fill_pattern(const char *pattern, const char *argument) {
        CLEANUP(freep) char *path = NULL;
        size_t size;
        FILE *out = open_memstream(&path, &size);

        if (!out)
                return NULL;
        for (; *pattern && ftell(out) <= PATH_LENGTH_MAX; pattern++) {
                if (*pattern == '*')
                        (void)fputs(argument, out);
                else
                        (void)putc(*pattern, out);
        }
        return memstream_close(out, &path) == 0 ? TAKE_POINTER(path) : NULL;
}

static void warn(struct search *search, const char *option, const char *argument) {
        const struct string_list *unset = &search->program->unset;
        const char *unknown = unit_specifiers_find_unknown(argument);

        if (search->has_warned)
                return;
        search->has_warned = true;
        if (unknown)
                log_warning(search->source->file, search->source->line,
                            "%.2s is not known here, so the configuration of option %s is not "
                            "read: %s",
                            unknown, option, argument);
        else
                log_warning(search->source->file, search->source->line,
                            "Option %s names no configuration%s%s%s.", option,
                            unset->count > 0 ? ": $" : "", unset->count > 0 ? unset->items[0] : "",
                            unset->count > 0 ? " is not set" : "");
}

/* ConfigRepeat=replace: what the same word means is kept. */
static void forget_files(struct search *search, size_t word) {
        struct string_list *files = search->files;

        if (search->settings->last_config_option_counts && search->word != word)
                while (files->count > search->first)
                        free(files->items[--files->count]);
        search->word = word;
}

/* @pattern: with a '*' for the argument, or NULL
 * @word:    index of the option */
static int add_file(struct search *search, const char *option, const char *pattern, size_t word,
                    const char *argument) {
        CLEANUP(freep) char *filled = NULL, *path = NULL;
        int r;

        if (!argument[0] || unit_specifiers_find_unknown(argument)) {
                warn(search, option, argument);
                return 0;
        }
        forget_files(search, word);
        filled = pattern ? fill_pattern(pattern, argument) : strdup(argument);
        if (!filled)
                return -ENOMEM;
        if (strlen(filled) > PATH_LENGTH_MAX || search->files->count >= FILES_MAX)
                return 0;
        r = path_merge(search->directory, filled, &path);
        if (r < 0 || string_list_contains(search->files, path))
                return r;
        return string_list_take(search->files, TAKE_POINTER(path));
}

/* "-c config_file=": the option's argument is a statement. Return: its value; NULL if it is of
 * another keyword. */
static const char *statement_value(const char *option, const char *argument) {
        const char *keyword = pattern_of(option);
        size_t length = keyword ? strlen(keyword) : 0;

        return length > 0 && strncmp(argument, keyword, length) == 0 ? argument + length : NULL;
}

static bool is_statement(const char *option) {
        return option[strlen(option) - 1] == '=';
}

/* Tries an option on a word. Return: how many words it is; 0 if it is another one; -ENOMEM. */
static int read_option(struct search *search, const char *option, size_t index) {
        const struct string_list *words = &search->program->arguments;
        size_t length = strcspn(option, SYSTEMD_WHITESPACE);
        bool is_next;
        const char *argument = option_words_argument(
                option, length, search->settings->language.flags, words, index, &is_next);
        int r = 0;

        if (!argument && is_next)
                warn(search, option, "");
        if (!argument)
                return is_next;
        if (!is_statement(option))
                r = add_file(search, option, pattern_of(option), index, argument);
        else if ((argument = statement_value(option, argument)))
                r = add_file(search, option, NULL, index, argument);
        else
                return 0;
        return r < 0 ? r : 1 + is_next;
}

static bool is_option(const struct search *search, const char *option, size_t index) {
        const struct directive_language *language = &search->settings->language;
        bool is_next;

        return option_words_argument(option, strcspn(option, SYSTEMD_WHITESPACE), language->flags,
                                     &search->program->arguments, index, &is_next) ||
               is_next;
}

/* Of "-c" and "-config", both of which "-config" begins with, it is the longer one. */
static size_t find_length(const struct search *search, size_t index) {
        const struct string_list *options = &search->settings->config_options;
        size_t longest = 0;

        for (size_t i = 0; i < options->count; i++)
                if (options->items[i][0] == '-' && is_option(search, options->items[i], index))
                        longest = MAX(longest, strcspn(options->items[i], SYSTEMD_WHITESPACE));
        return longest;
}

static int read_options(struct search *search, size_t index) {
        const struct string_list *options = &search->settings->config_options;
        size_t length = find_length(search, index);
        int count = 0;

        for (size_t i = 0; length > 0 && i < options->count; i++)
                if (options->items[i][0] == '-' &&
                    strcspn(options->items[i], SYSTEMD_WHITESPACE) == length) {
                        int r = read_option(search, options->items[i], index);

                        if (r < 0)
                                return r;
                        count = MAX(count, r);
                }
        return count;
}

/* The @number-th word that is no option, from 1, if it may be a path: which options have a word
 * behind them is not known. */
static int read_word(struct search *search, unsigned long number, size_t index) {
        const char *word = search->program->arguments.items[index];
        const struct string_list *options = &search->settings->config_options;
        int r = 0;

        if (!strpbrk(word, "/."))
                return 0;
        for (size_t i = 0; r >= 0 && i < options->count; i++)
                if (options->items[i][0] != '-' && strtoul(options->items[i], NULL, 10) == number)
                        r = add_file(search, options->items[i], NULL, index, word);
        return r;
}

/* Option= of the definition has an argument too. Return: how many words it is, 0 if it is none. */
static int skip_option(const struct search *search, size_t index) {
        const struct string_list *options = &search->settings->language.options;

        for (size_t i = 0; i < options->count; i++) {
                size_t length = strcspn(options->items[i], SYSTEMD_WHITESPACE);
                bool is_next;

                if (option_words_argument(options->items[i], length,
                                          search->settings->language.flags,
                                          &search->program->arguments, index, &is_next) ||
                    is_next)
                        return 1 + is_next;
        }
        return 0;
}

static int read_words(struct search *search) {
        const struct string_list *words = &search->program->arguments;
        unsigned long plain = 0;
        bool are_plain = false;

        for (size_t i = 0; i < words->count;) {
                const char *word = words->items[i];
                int r = are_plain ? 0 : read_options(search, i);

                if (r == 0 && !are_plain)
                        r = skip_option(search, i);
                if (r == 0 && !are_plain && strcmp(word, "--") == 0)
                        are_plain = true;
                else if (r == 0 && (are_plain || word[0] != '-'))
                        r = read_word(search, ++plain, i);
                if (r < 0)
                        return r;
                i += r > 0 ? (size_t)r : 1;
        }
        return 0;
}

/* The directory of relative paths: the unit's, then that of `env --chdir=`, then the daemon's own
 * option. */
static int find_directory(struct search *search, const char *directory) {
        const struct string_list *options = &search->settings->directory_options;
        const struct string_list *words = &search->program->arguments;
        const char *own = search->program->directory;
        int r;

        r = path_merge(directory ? directory : "/", own ? own : ".", &search->directory);
        for (size_t i = 0; r >= 0 && i < words->count; i++)
                for (size_t k = 0; r >= 0 && k < options->count; k++) {
                        CLEANUP(freep) char *base = search->directory;
                        const char *argument;
                        bool is_next;

                        argument = option_words_argument(
                                options->items[k], strlen(options->items[k]),
                                search->settings->language.flags, words, i, &is_next);
                        search->directory = NULL;
                        if (argument)
                                r = path_merge(base, argument, &search->directory);
                        else
                                search->directory = TAKE_POINTER(base);
                }
        return r;
}

/* A variable of PassEnvironment= has a value that only the manager knows. */
static void warn_of_passed(const struct search *search, const struct string_list *passed) {
        const struct string_list *unset = &search->program->unset;

        for (size_t i = 0; i < unset->count; i++)
                if (string_list_contains(passed, unset->items[i]))
                        log_warning(search->source->file, search->source->line,
                                    "The value of $%s is not known here (PassEnvironment=).",
                                    unset->items[i]);
}

static int read_program(struct search *search, const struct daemon_command *command,
                        const char *directory) {
        int r = 1;

        warn_of_passed(search, &command->source->passed);
        if (search->program->is_script)
                r = known_script_check(search->settings, search->program, command);
        if (r == 0)
                log_warning(search->source->file, search->source->line,
                            "More than one plain command for a shell, so the daemon's command line "
                            "is not known.");
        if (search->program->is_cut)
                log_warning(search->source->file, search->source->line,
                            "Too many words, ignoring the rest.");
        if (r < 0 || search->program->is_script)
                return r < 0 ? r : 0;
        r = find_directory(search, directory);
        return r < 0 ? r : read_words(search);
}

/* Config=, of which all or the first that exists counts. */
static int add_config(struct tree *tree, const struct settings *settings, struct string_list *ret) {
        const struct string_list *config = &settings->config;
        struct stat st;
        int r = 0;

        for (size_t i = 0; settings->first_config_counts && i < config->count; i++)
                if (tree_stat(tree, config->items[i], &st) >= 0)
                        return string_list_add(ret, config->items[i]);
        for (size_t i = 0; r >= 0 && i < config->count; i++)
                r = string_list_add(ret, config->items[i]);
        return r;
}

int config_files_find(struct tree *tree, const struct settings *settings,
                      const struct daemon_command *command, const char *directory,
                      struct string_list *ret) {
        bool has_options =
                settings->config_options.count > 0 || settings->language.options.count > 0;
        int r = 0;

        for (size_t i = 0; has_options && r >= 0 && i < command->count; i++) {
                CLEANUP(search_clear)
                struct search search = {
                        .settings = settings,
                        .program = &command->programs[i],
                        .source = command->programs[i].source,
                        .files = ret,
                        .first = ret->count,
                        .word = SIZE_MAX,
                };

                r = read_program(&search, command, directory);
        }
        if (r >= 0 && ret->count > 0)
                return 1;
        return r < 0 ? r : add_config(tree, settings, ret);
}
