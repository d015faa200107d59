/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/exec-program.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/memstream.h"
#include "input/option-words.h"
#include "input/path.h"
#include "input/variable-list.h"
#include "units/command-wrappers.h"
#include "units/exec-variables.h"
#include "units/shell-command.h"

#include <string.h>

/* `env sh -c 'exec env …'`, and no end. */
enum { WRAPPERS_MAX = 8 };

/* Scripts and other names of distributions, and the daemon that they execute with the words of
 * their own command line or with others. */
static const struct {
        const char *script, *program;
} SCRIPTS[] = {
        { "apache2ctl", "apache2" },                  /* Debian */
        { "apache2ctl", "httpd" },                    /* openSUSE */
        { "apachectl", "apache2" },                   /* Debian */
        { "apachectl", "httpd" },                     /* httpd's own */
        { "httpd-event", "httpd" },                   /* openSUSE */
        { "httpd-prefork", "httpd" },                 /* openSUSE */
        { "httpd-worker", "httpd" },                  /* openSUSE */
        { "start_apache2", "apache2" },               /* openSUSE */
        { "start_apache2", "httpd" },                 /* openSUSE */
        { "haproxy-systemd-wrapper", "haproxy" },     /* haproxy 1.5 to 1.7 */
        { "ntp-systemd-wrapper", "ntpd" },            /* Debian: ntp, ntpsec */
        { "start-ntpd", "ntpd" },                     /* openSUSE */
        { "pg_ctl", "postgres" },                     /* PostgreSQL's own */
        { "pg_ctlcluster", "postgres" },              /* Debian: postgresql-common */
        { "postmaster", "postgres" },                 /* a link, up to PostgreSQL 15 */
        { "postgresql-script", "postgres" },          /* openSUSE */
        { "postmulti", "postfix" },                   /* Postfix's own */
        { "stunnel4", "stunnel" },                    /* Debian */
        { "stunnel3", "stunnel" },                    /* Debian */
        { "systemd-memcached-wrapper", "memcached" }, /* Debian */
};

void exec_program_clear(struct exec_program *program) {
        free(program->name);
        string_list_clear(&program->arguments);
        string_list_clear(&program->environment);
        free(program->directory);
        string_list_clear(&program->unset);
        *program = (struct exec_program){ 0 };
}

static int set_name(struct exec_program *program, const char *path) {
        char *name = strdup(path_base_name(path));

        if (!name)
                return -ENOMEM;
        free(program->name);
        program->name = name;
        return 0;
}

/* The argument at @index becomes the program, what is behind it its arguments. */
static int shift(struct exec_program *program, size_t index) {
        struct string_list *words = &program->arguments;

        if (set_name(program, words->items[index]) < 0)
                return -ENOMEM;
        for (size_t i = 0; i <= index; i++)
                free(words->items[i]);
        words->count -= index + 1;
        memmove(words->items, words->items + index + 1, words->count * sizeof(char *));
        return 1;
}

/* The argument of an option of one letter or of a long one. */
static const char *option_argument(const struct string_list *words, size_t index,
                                   const char *letter, const char *name, size_t *ret_words) {
        const char *argument;
        bool is_next;

        argument = option_words_argument(letter, strlen(letter), NULL, words, index, &is_next);
        if (!argument && !is_next)
                argument = option_words_argument(name, strlen(name), NULL, words, index, &is_next);
        *ret_words = 1 + is_next;
        return argument;
}

static int set_directory(struct exec_program *program, const char *directory) {
        free(program->directory);
        program->directory = strdup(directory);
        return program->directory ? 0 : -ENOMEM;
}

/* Applies an option of env(1). Return: how many words it is, or -ENOMEM. */
static int apply_env_option(struct exec_program *program, size_t index) {
        const struct string_list *words = &program->arguments;
        const char *word = words->items[index], *argument;
        size_t count;

        argument = option_argument(words, index, "-C", "--chdir", &count);
        if (argument)
                return set_directory(program, argument) < 0 ? -ENOMEM : (int)count;
        argument = option_argument(words, index, "-u", "--unset", &count);
        if (argument)
                return environment_unset(&program->environment, argument), (int)count;
        if (strcmp(word, "-") == 0 || strcmp(word, "-i") == 0 ||
            strcmp(word, "--ignore-environment") == 0)
                string_list_clear(&program->environment);
        return 1;
}

/* env [OPTION]... [NAME=VALUE]... PROGRAM. Return: 1; 0 if there is no program; -ENOMEM. */
static int unwrap_env(struct exec_program *program) {
        const struct string_list *words = &program->arguments;
        size_t i = 0;

        while (i < words->count && words->items[i][0] == '-') {
                bool is_last = strcmp(words->items[i], "--") == 0;
                int r = is_last ? 1 : apply_env_option(program, i);

                if (r < 0)
                        return r;
                i += (size_t)r;
                if (is_last)
                        break;
        }
        for (; i < words->count && strchr(words->items[i], '='); i++)
                if (environment_set(&program->environment, words->items[i]) < 0)
                        return -ENOMEM;
        return i < words->count ? shift(program, i) : 0;
}

static int unwrap_text(struct exec_program *program, const char *text) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        int r;

        r = shell_command_read(text, &program->environment, &words);
        if (r <= 0) {
                program->is_script = r == 0;
                return r;
        }
        string_list_clear(&program->arguments);
        program->arguments = words;
        words = (struct string_list){ 0 };
        return shift(program, 0);
}

/* sh [OPTION]... -c TEXT, or sh [OPTION]... FILE. Return: 1; 0 if it is neither; -ENOMEM. */
static int unwrap_shell(struct exec_program *program) {
        const struct string_list *words = &program->arguments;
        bool has_text = false;
        size_t i = 0;

        while (i < words->count && (words->items[i][0] == '-' || words->items[i][0] == '+')) {
                const char *word = words->items[i++];

                if (strcmp(word, "--") == 0)
                        break;
                if (word[0] == '-' && word[1] != '-' && strchr(word, 'c'))
                        has_text = true;
                if (word[1] == 'o') /* its argument follows */
                        i++;
        }
        if (i >= words->count)
                return 0;
        return has_text ? unwrap_text(program, words->items[i]) : shift(program, i);
}

static bool is_one_of(const char *name, const char *const names[]) {
        for (; *names; names++)
                if (strcmp(name, *names) == 0)
                        return true;
        return false;
}

/* Return: 1 if there was a wrapper, 0 if not or it cannot be seen through; -ENOMEM. */
static int unwrap(struct exec_program *program) {
        static const char *const SHELLS[] = { "sh", "bash", "dash", "ash", "ksh", NULL };
        ssize_t index;

        if (strcmp(program->name, "env") == 0)
                return unwrap_env(program);
        if (is_one_of(program->name, SHELLS))
                return unwrap_shell(program);
        index = command_wrapper_program(program->name, &program->arguments);
        return index < 0 ? 0 : shift(program, (size_t)index);
}

/* With '|' a shell reads the words, joined with blanks. */
static int read_in_shell(struct exec_program *program, const char *path) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);

        if (!out)
                return -ENOMEM;
        (void)fputs(path, out);
        for (size_t i = 0; i < program->arguments.count; i++)
                (void)fprintf(out, " %s", program->arguments.items[i]);
        if (memstream_close(out, &text) < 0)
                return -ENOMEM;
        return unwrap_text(program, text);
}

int exec_program_find(const struct exec_command *command, const struct string_list *environment,
                      struct exec_program *ret) {
        int r;

        ret->source = command;
        r = set_name(ret, command->program);
        if (r >= 0)
                r = string_list_add_all(&ret->environment, environment);
        if (r >= 0)
                r = command->expands_variables
                            ? exec_variables_expand(&command->arguments, environment,
                                                    &ret->arguments, &ret->unset)
                            : string_list_add_all(&ret->arguments, &command->arguments);
        ret->is_cut = r == -E2BIG;
        if (r == -E2BIG)
                r = 0;
        if (r >= 0 && command->in_shell)
                r = read_in_shell(ret, command->program);
        for (int i = 0; r >= 0 && i < WRAPPERS_MAX; i++) {
                r = unwrap(ret);
                if (r == 0)
                        break;
        }
        return r < 0 ? r : 0;
}

bool exec_program_has_name(const struct exec_program *program, const char *name) {
        if (strcmp(program->name, name) == 0)
                return true;
        for (size_t i = 0; i < sizeof(SCRIPTS) / sizeof(SCRIPTS[0]); i++)
                if (strcmp(SCRIPTS[i].script, program->name) == 0 &&
                    strcmp(SCRIPTS[i].program, name) == 0)
                        return true;
        return false;
}

int exec_program_add_names(const struct exec_program *program, struct string_list *ret) {
        int r = string_list_add(ret, program->name);

        for (size_t i = 0; r >= 0 && i < sizeof(SCRIPTS) / sizeof(SCRIPTS[0]); i++)
                if (strcmp(SCRIPTS[i].script, program->name) == 0)
                        r = string_list_add(ret, SCRIPTS[i].program);
        return r;
}
