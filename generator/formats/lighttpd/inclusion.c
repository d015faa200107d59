/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/lighttpd/inclusion.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "formats/brace-expansion.h"
#include "formats/scanner.h"
#include "formats/shell/quoting.h"
#include "input/path.h"
#include "log.h"

#include <string.h>

static int add_unknown(const struct parsed_file *file, unsigned line, const struct value *value,
                       const char *reason) {
        return address_list_add_unknown(file->parser->unknown, file->path, line, value->text,
                                        reason);
}

/* config_parse_file() in src/configfile.c: relative to the first file, but "./x" and "../x" to the
 * working directory, which is "/" under systemd. */
static int read_pattern(struct parsed_file *file, unsigned line, const char *text) {
        CLEANUP(string_list_clear) struct string_list patterns = { 0 };
        CLEANUP(freep) char *pattern = NULL;
        bool is_dotted = strncmp(text, "./", 2) == 0 || strncmp(text, "../", 3) == 0;
        int r;

        pattern = included_files_resolve(is_dotted ? "/." : file->parser->config, text);
        if (!pattern)
                return -ENOMEM;
        r = brace_expand(pattern, &patterns);
        if (r == -E2BIG)
                log_warning(file->path, line, "Too many braces, not all files are read: %s", text);
        for (size_t i = 0; i < patterns.count && r != -ENOMEM; i++)
                r = included_files_read_pattern(file->files, file->path, line, patterns.items[i]);
        return r == -ENOMEM ? r : 0;
}

int inclusion_read(struct parsed_file *file, unsigned line, const struct value *value) {
        if (value->type == VALUE_UNKNOWN)
                return add_unknown(file, line, value, "the included file is not known at boot");
        if (value->text[0] == '\0')
                return 0;
        return read_pattern(file, line, value->text);
}

/* Words of a shell command, as long as they are plain. */
static const struct scanner_syntax SHELL = {
        .quotes = "\"'",
        .literal_quotes = "'",
        .escapes = true,
        .marks = ";&|<>()`$",
};

static int split_command(const char *command, struct string_list *ret) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        struct token token;
        int r = scanner_init(&scanner, &SHELL, command);

        while (r >= 0 && scanner_next(&scanner, &token)) {
                if (token.type != TOKEN_WORD || (token.is_quoted && strpbrk(token.text, "$`*?[")))
                        return -EINVAL;
                r = string_list_add(ret, token.text);
        }
        return r;
}

/*
 * Scripts of Debian's package lighttpd, and what they print: /usr/share/lighttpd/use-ipv6.pl a
 * socket "[::]:PORT", create-mime.conf.pl and create-mime.assign.pl no sockets, and
 * include-conf-enabled.pl, until Debian 12, an include of each conf-enabled/NAME.conf.
 */
static bool prints_no_address(const char *program) {
        static const char *const NAMES[] = { "use-ipv6.pl", "create-mime.conf.pl",
                                             "create-mime.assign.pl" };

        if (strncmp(program, "/usr/share/lighttpd/", 20) != 0)
                return false;
        for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++)
                if (strcmp(path_base_name(program), NAMES[i]) == 0)
                        return true;
        return false;
}

/* Those behind the first, with a blank between. Return: NULL if out of memory. */
static char *join(const struct string_list *words) {
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);

        if (!out)
                return NULL;
        for (size_t i = 1; i < words->count; i++)
                (void)fprintf(out, "%s%s", i > 1 ? " " : "", words->items[i]);
        return memstream_close(out, &text) < 0 ? (free(text), NULL) : text;
}

/* Return: 1 and the next word of a command; 0 at its end; -EINVAL if it is not known. */
static int next_word(const char **command, const struct string_list *environment, char **ret) {
        int r;

        if (!shell_skip_blanks(command))
                return 0;
        r = shell_read_word(command, environment, ret);
        /* Redirections, and backslashes, which echo reads in one shell and not in another. */
        if (r >= 0 && strpbrk(*ret, "<>\\"))
                r = -EINVAL;
        return r < 0 ? r : 1;
}

/* "echo TEXT". Return: 1; 0 if it is another command; -EINVAL if it is not known what is printed;
 * -E2BIG if there are too many; -ENOMEM. */
static int read_echo(const struct parsed_file *file, unsigned line, const char *command) {
        static const struct string_list NONE;
        const struct string_list *environment =
                file->parser->environment ? file->parser->environment : &NONE;
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        CLEANUP(freep) char *text = NULL;
        int r;

        for (;;) {
                char *word = NULL;

                r = next_word(&command, environment, &word);
                if (r <= 0)
                        free(word);
                else if (string_list_take(&words, word) < 0)
                        return -ENOMEM;
                if (words.count > 0 && strcmp(path_base_name(words.items[0]), "echo") != 0)
                        return 0;
                if (r <= 0)
                        break;
        }
        if (r < 0)
                return words.count == 0 && r == -EINVAL ? 0 : r;
        /* More commands follow, or it has an option. */
        if (words.count == 0 || *command || (words.count > 1 && words.items[1][0] == '-'))
                return words.count == 0 ? 0 : -EINVAL;
        text = join(&words);
        r = text ? parser_read_text(file, line, text) : -ENOMEM;
        return r < 0 ? r : 1;
}

int inclusion_read_shell(struct parsed_file *file, unsigned line, const struct value *value) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        int r;

        r = value->type == VALUE_STRING ? read_echo(file, line, value->text) : -EINVAL;
        if (r == -ENOMEM || r > 0)
                return r < 0 ? r : 0;
        if (r == 0)
                r = split_command(value->text, &words);
        if (r == -ENOMEM)
                return r;
        if (r >= 0 && words.count > 0) {
                const char *program = words.items[0];

                if (prints_no_address(program))
                        return 0;
                if (words.count == 1 &&
                    strcmp(program, "/usr/share/lighttpd/include-conf-enabled.pl") == 0)
                        return read_pattern(file, line, "conf-enabled/*.conf");
                if (words.count > 1 && strcmp(path_base_name(program), "cat") == 0 &&
                    words.items[1][0] != '-') {
                        for (size_t i = 1; i < words.count && r >= 0; i++)
                                r = read_pattern(file, line, words.items[i]);
                        return r;
                }
        }
        return add_unknown(file, line, value, "no command is executed at boot");
}
