/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/shell-command.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/whitespace.h"
#include "input/variable-list.h"

#include <string.h>

/* Bytes of all words, as for systemd's own variables. */
enum { EXPANDED_MAX = 1 << 20, WORDS_MAX = 20000 };

struct reader {
        const char *position;
        const struct string_list *environment;
        struct string_list *words;
        FILE *out;   /* of the word that is being read, or NULL */
        char *text;  /* that @out writes to */
        size_t size; /* of @text */
        size_t total;
};

static int begin_word(struct reader *reader) {
        if (reader->out)
                return 0;
        reader->out = open_memstream(&reader->text, &reader->size);
        return reader->out ? 0 : -ENOMEM;
}

static int end_word(struct reader *reader) {
        FILE *out = TAKE_POINTER(reader->out);
        int r;

        if (!out)
                return 0;
        r = memstream_close(out, &reader->text);
        return r < 0 ? r : string_list_take(reader->words, TAKE_POINTER(reader->text));
}

static void reader_clear(struct reader *reader) {
        if (reader->out)
                (void)fclose(reader->out);
        free(reader->text);
}

/* A value that is not quoted is split at blanks. */
static int write_value(struct reader *reader, const char *value, bool is_quoted) {
        reader->total += strlen(value);
        if (reader->total > EXPANDED_MAX)
                return 0;
        for (; *value; value++) {
                if (!is_quoted && strchr(SHELL_IFS, *value)) {
                        if (end_word(reader) < 0)
                                return -ENOMEM;
                } else {
                        if (begin_word(reader) < 0)
                                return -ENOMEM;
                        (void)putc(*value, reader->out);
                }
        }
        return 1;
}

/* Reads "$NAME" or "${NAME}". Return: 1; 0 if it is no plain one; -ENOMEM. */
static int read_variable(struct reader *reader, bool is_quoted) {
        bool braces = reader->position[1] == '{';
        const char *name = reader->position + 1 + braces, *value;
        size_t length = environment_name_length(name);

        if (length == 0 || (braces && name[length] != '}'))
                return 0;
        reader->position = name + length + braces;
        value = environment_get_n(reader->environment, name, length);
        return value ? write_value(reader, value, is_quoted) : 1;
}

/* Behind a '"'. Return: 1; 0 if it is not plain; -ENOMEM. */
static int read_double_quotes(struct reader *reader) {
        while (*reader->position != '"') {
                const char *p = reader->position;
                int r = 1;

                if (*p == '\0' || *p == '`')
                        return 0;
                if (*p == '$') {
                        r = read_variable(reader, true);
                } else {
                        if (*p == '\\' && p[1] && strchr("\"\\$`", p[1]))
                                p++;
                        (void)putc(*p, reader->out);
                        reader->position = p + 1;
                }
                if (r <= 0)
                        return r;
        }
        reader->position++;
        return 1;
}

static int read_single_quotes(struct reader *reader) {
        const char *end = strchr(reader->position, '\'');

        if (!end)
                return 0;
        (void)fwrite(reader->position, 1, (size_t)(end - reader->position), reader->out);
        reader->position = end + 1;
        return 1;
}

/* Reads a character outside of quotes, or what it introduces. Return: as above. */
static int read_character(struct reader *reader) {
        char c = *reader->position;

        if (strchr(SHELL_BLANKS, c)) {
                reader->position++;
                return end_word(reader) < 0 ? -ENOMEM : 1;
        }
        if (c == '$')
                return read_variable(reader, false);
        if (strchr("`()&|;\n", c))
                return 0;
        if (begin_word(reader) < 0)
                return -ENOMEM;
        reader->position++;
        if (c == '\'')
                return read_single_quotes(reader);
        if (c == '"')
                return read_double_quotes(reader);
        if (c == '\\' && *reader->position)
                c = *reader->position++;
        (void)putc(c, reader->out);
        return 1;
}

/* A redirection ends the words; digits right before it belong to it. */
static bool is_at_end(const struct reader *reader) {
        const char *p = reader->position;

        if (*p == '\0' || (*p == '#' && !reader->out))
                return true;
        if (!reader->out)
                p += strspn(p, "0123456789");
        return *p == '<' || *p == '>';
}

/* Moves the assignments before the command to the environment, and drops "exec". */
static int drop_prefixes(struct string_list *words, struct string_list *environment) {
        size_t count = 0;
        int r = 0;

        while (r >= 0 && count < words->count) {
                const char *word = words->items[count];
                size_t length = environment_name_length(word);

                if (length > 0 && word[length] == '=')
                        r = environment_set(environment, word);
                else if (strcmp(word, "exec") != 0)
                        break;
                count++;
        }
        for (size_t i = 0; i < count; i++)
                free(words->items[i]);
        memmove(words->items, words->items + count, (words->count - count) * sizeof(char *));
        words->count -= count;
        return r;
}

int shell_command_read(const char *text, struct string_list *environment, struct string_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = { .position = text, .environment = environment, .words = ret };
        int r = 1;

        while (r > 0 && !is_at_end(&reader))
                r = read_character(&reader);
        if (r > 0 && end_word(&reader) < 0)
                return -ENOMEM;
        if (r <= 0 || ret->count == 0 || ret->count > WORDS_MAX)
                return r < 0 ? r : 0;
        return drop_prefixes(ret, environment) < 0 ? -ENOMEM : ret->count > 0;
}
