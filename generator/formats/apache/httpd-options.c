/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/httpd-options.h"

#include "common/cleanup.h"
#include "formats/apache/modules.h"
#include "formats/apache/words.h"
#include "formats/shell/environment.h"
#include "formats/source-environment.h"

#include <getopt.h>
#include <string.h>

/* AP_SERVER_BASEARGS (include/http_main.h) and -k of the MPMs. As apr_getopt(), stop at the first
 * word that is no option. */
static const char OPTIONS[] = "+:C:c:D:d:E:e:f:k:vVlLtTSMhX";

void options_clear(struct options *options) {
        free(options->config);
        string_list_clear(&options->before);
        string_list_clear(&options->after);
}

/* Flags without -D, and options. */
static const char SERVER_FLAGS[] = "APACHE_SERVER_FLAGS";

static int set_string(char **string, const char *value) {
        free(*string);
        *string = strdup(value);
        return *string ? 0 : -ENOMEM;
}

static int apply(struct server *server, struct options *options, int option, const char *argument) {
        switch (option) {
        case 'C':
                return string_list_add(&options->before, argument);
        case 'c':
                return string_list_add(&options->after, argument);
        case 'D':
                return table_set(&server->defines, argument, NULL);
        case 'X':
                return table_set(&server->defines, "DEBUG", NULL);
        case 'd':
                return set_string(&server->root, argument);
        case 'f':
                return set_string(&options->config, argument);
        default:
                return 0;
        }
}

/* Words, with a terminating NULL and one in front for the program's name. */
static int split(char *text, const char ***ret, int *ret_count) {
        size_t count = 1;
        const char **words;

        words = calloc(strlen(text) + 3, sizeof(*words)); /* each has a byte at least */
        if (!words)
                return -ENOMEM;
        words[0] = "httpd";
        for (text = skip_blanks(text); *text;)
                words[count++] = next_word(&text);
        *ret = words;
        *ret_count = (int)count;
        return 0;
}

/*
 * @words: the program's name first, NULL behind the last one
 * @skips_words: whether options may be behind other words
 */
static int read_words(struct server *server, struct options *options, int count, const char **words,
                      bool skips_words) {
        int r = 0;

        optind = 0; /* getopt(3): start anew */
        opterr = 0;
        while (r >= 0) {
                int option = getopt(count, (char *const *)words, OPTIONS);

                if (option != -1)
                        r = apply(server, options, option, optarg);
                else if (skips_words && optind < count)
                        optind++;
                else
                        break;
        }
        return r;
}

static int read_command_line(struct server *server, struct options *options, const char *text,
                             bool skips_words) {
        CLEANUP(freep) char *copy = strdup(text);
        CLEANUP(freep) const char **words = NULL;
        int count, r;

        if (!copy)
                return -ENOMEM;
        r = split(copy, &words, &count);
        return r < 0 ? r : read_words(server, options, count, words, skips_words);
}

/* The words of ExecStart=, which have the variables in them: what came from these counts once. */
static int read_arguments(struct server *server, const struct string_list *arguments,
                          struct options *options) {
        CLEANUP(options_clear) struct options own = { 0 };
        CLEANUP(freep) const char **words = NULL;
        int r;

        words = calloc(arguments->count + 2, sizeof(*words));
        if (!words)
                return -ENOMEM;
        words[0] = "httpd";
        for (size_t i = 0; i < arguments->count; i++)
                words[i + 1] = arguments->items[i];
        r = read_words(server, &own, (int)arguments->count + 1, words, false);
        if (own.config || own.before.count > 0 || own.after.count > 0) {
                struct options former = *options;

                *options = own;
                own = former;
        }
        return r;
}

/* Calls @act for each word. */
static int for_each_word(struct server *server, const char *text,
                         int (*act)(struct server *server, const char *word)) {
        CLEANUP(freep) char *copy = strdup(text);
        char *rest = copy;
        int r = 0;

        if (!copy)
                return -ENOMEM;
        for (rest = skip_blanks(rest); r >= 0 && *rest;)
                r = act(server, next_word(&rest));
        return r;
}

static int define_flag(struct server *server, const char *word) {
        if (word[0] == '-')
                return 0; /* read as an option */
        return table_set(&server->defines, word, NULL);
}

static int load_by_name(struct server *server, const char *word) {
        CLEANUP(freep) char *identifier = NULL;

        if (strchr(word, '/'))
                return 0;
        if (asprintf(&identifier, "%s_module", word) < 0)
                return -ENOMEM;
        return modules_add(server, identifier);
}

static int keep_variable(struct server *server, const char *assignment) {
        CLEANUP(freep) char *name = NULL;
        const char *equals = strchr(assignment, '=');
        char *value;

        name = strndup(assignment, (size_t)(equals - assignment));
        value = strdup(equals + 1);
        if (!name || !value) {
                free(value);
                return -ENOMEM;
        }
        return table_set(&server->environment, name, value);
}

/* Debian's apache2ctl sets this variable to the instance's directory; its environment file uses it.
 */
static int set_directory(const char *config, struct string_list *environment) {
        char *assignment;

        if (asprintf(&assignment, "APACHE_CONFDIR=%.*s", (int)(strrchr(config, '/') - config),
                     config) < 0)
                return -ENOMEM;
        return string_list_take(environment, assignment);
}

int options_read(struct server *server, const char *config, const struct source *source,
                 struct options *ret) {
        static const char *const COMMAND_LINES[] = {
                "APACHE_ARGUMENTS",
                "OPTIONS",
                SERVER_FLAGS,
        };
        CLEANUP(string_list_clear) struct string_list environment = { 0 };
        const char *value;
        int r;

        r = set_directory(config, &environment);
        if (r >= 0)
                r = source_environment_read(server->tree, source, &environment);
        for (size_t i = 0; r >= 0 && i < environment.count; i++)
                r = keep_variable(server, environment.items[i]);
        for (size_t i = 0; r >= 0 && i < sizeof(COMMAND_LINES) / sizeof(COMMAND_LINES[0]); i++) {
                value = environment_get(&environment, COMMAND_LINES[i]);
                /* openSUSE's start script passes its flags and options to httpd in any order. */
                if (value)
                        r = read_command_line(server, ret, value,
                                              strcmp(COMMAND_LINES[i], SERVER_FLAGS) == 0);
        }

        if (r >= 0 && source->arguments)
                r = read_arguments(server, source->arguments, ret);

        value = environment_get(&environment, SERVER_FLAGS);
        if (r >= 0 && value)
                r = for_each_word(server, value, define_flag);
        /* openSUSE's start script writes a LoadModule line for each of these. */
        value = environment_get(&environment, "APACHE_MODULES");
        if (r >= 0 && value)
                r = for_each_word(server, value, load_by_name);
        return r;
}
