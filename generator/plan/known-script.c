/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/known-script.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/unread-language.h"
#include "input/option-words.h"
#include "input/variable-list.h"
#include "plan/script-words.h"

#include <errno.h>
#include <string.h>

struct script {
        const struct settings *settings;
        struct string_list known; /* names of variables */
        struct string_list words;
};

static void script_clear(struct script *script) {
        string_list_clear(&script->known);
        string_list_clear(&script->words);
}

static bool has_common(const struct string_list *one, const struct string_list *other) {
        for (size_t i = 0; i < one->count; i++)
                if (string_list_contains(other, one->items[i]))
                        return true;
        return false;
}

/* A keyword of Config= is read there, so a value from elsewhere is not known. */
static int add_known(const struct settings *settings, const struct daemon_command *command,
                     struct string_list *ret) {
        const struct directive_language *language = &settings->language;
        bool is_read = has_common(&settings->config, &command->files);
        int r = 0;

        for (size_t i = 0; r >= 0 && i < language->variables.count; i++)
                r = string_list_add(ret, language->variables.items[i]);
        for (size_t i = 0; r >= 0 && i < language->directives.count; i++)
                if (is_read ||
                    !environment_get(&command->environment, language->directives.items[i]))
                        r = string_list_add(ret, language->directives.items[i]);
        return r;
}

/* Whether a word is "$NAME", or several separated by commas, of known variables. */
static bool is_known(const struct script *script, const char *word) {
        do {
                size_t length = *word == '$' ? environment_name_length(word + 1) : 0;
                CLEANUP(freep) char *name = strndup(word + (*word == '$'), length);

                if (length == 0 || !name || !string_list_contains(&script->known, name))
                        return false;
                word += 1 + length;
        } while (*word++ == ',');
        return word[-1] == '\0';
}

static bool uses_known(const struct script *script) {
        for (size_t i = 0; i < script->words.count; i++)
                for (const char *p = script->words.items[i]; (p = strchr(p, '$')); p++) {
                        size_t length = environment_name_length(p + 1);
                        CLEANUP(freep) char *name = strndup(p + 1, length);

                        if (name && string_list_contains(&script->known, name))
                                return true;
                }
        return false;
}

/* Whether the word is one of the options. *@ret_is_known: whether its argument is known. */
static bool is_option(const struct script *script, const struct string_list *options, size_t index,
                      bool *ret_is_known) {
        for (size_t i = 0; i < options->count; i++) {
                const char *option = options->items[i];
                bool is_next;
                const char *argument = option_words_argument(
                        option, strcspn(option, SYSTEMD_WHITESPACE),
                        script->settings->language.flags, &script->words, index, &is_next);

                *ret_is_known = argument && is_known(script, argument);
                if (option[0] == '-' && (argument || is_next))
                        return true;
        }
        return false;
}

static bool starts_command(const struct script *script, size_t index) {
        static const char *const BEFORE[] = { SCRIPT_SEPARATOR, "then", "else", "do", "if", "!" };

        for (size_t i = 0; index > 0 && i < sizeof(BEFORE) / sizeof(BEFORE[0]); i++)
                if (strcmp(script->words.items[index - 1], BEFORE[i]) == 0)
                        return true;
        return index == 0;
}

/* A file that is sourced may assign anything, but the definition may have read it. */
static bool sources_unknown(const struct script *script, size_t index) {
        const char *word = script->words.items[index];
        const char *file;

        if (!starts_command(script, index))
                return false;
        if (strcmp(word, "eval") == 0)
                return true;
        if (strcmp(word, ".") != 0 && strcmp(word, "source") != 0)
                return false;
        file = index + 1 < script->words.count ? script->words.items[index + 1] : "";
        return !string_list_contains(&script->settings->config, file) &&
               !string_list_contains(&script->settings->environment_files, file);
}

static bool is_test(const char *word) {
        return strcmp(word, "[") == 0 || strcmp(word, "[[") == 0 || strcmp(word, "test") == 0;
}

/* Whether nothing but known variables names an address. Options of test(1) are not the daemon's. */
static bool has_only_known(const struct script *script) {
        const struct settings *settings = script->settings;
        bool in_test = false;

        for (size_t i = 0; i < script->words.count; i++) {
                const char *word = script->words.items[i];
                bool argument_is_known;

                if (strcmp(word, SCRIPT_SEPARATOR) == 0)
                        in_test = false;
                in_test |= is_test(word) && starts_command(script, i);
                if (strcmp(word, SCRIPT_UNKNOWN) == 0 || sources_unknown(script, i) ||
                    unread_language_has_address(word, ~settings->families))
                        return false;
                /* What ConfigOption= names is not read. */
                if (!in_test &&
                    (is_option(script, &settings->config_options, i, &argument_is_known) ||
                     (is_option(script, &settings->language.options, i, &argument_is_known) &&
                      !argument_is_known)))
                        return false;
        }
        return true;
}

/* Return: the index of the script among the words of the command; those before are the shell's. */
static size_t find_text(const struct exec_command *command) {
        const struct string_list *words = &command->arguments;
        size_t i = 0;

        while (!command->in_shell && i < words->count && !strpbrk(words->items[i], " \t\n;|&$`"))
                i++;
        return i;
}

int known_script_check(const struct settings *settings, const struct exec_program *program,
                       const struct daemon_command *command) {
        CLEANUP(script_clear) struct script script = { .settings = settings };
        /* Before systemd expands variables: afterwards their names are gone. */
        const struct string_list *texts = &program->source->arguments;
        int r = add_known(settings, command, &script.known);

        for (size_t i = find_text(program->source); r >= 0 && i < texts->count; i++)
                r = script_words_read(texts->items[i], &program->environment, &script.known,
                                      &script.words);
        return r < 0 ? r : uses_known(&script) && has_only_known(&script);
}
