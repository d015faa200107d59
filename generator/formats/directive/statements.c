/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/statements.h"

#include "common/whitespace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int statement_scanner_init(struct statement_scanner *scanner,
                           const struct directive_language *language, const char *text) {
        *scanner = (struct statement_scanner){
                .language = language,
                .position = text,
                .line = 1,
                .buffer = malloc(strlen(text) + 1),
        };
        return scanner->buffer ? 0 : -ENOMEM;
}

void statement_scanner_clear(struct statement_scanner *scanner) {
        free(scanner->buffer);
        *scanner = (struct statement_scanner){ 0 };
}

size_t c_comment_length(const char *text) {
        const char *end;

        if (strncmp(text, "//", 2) == 0)
                return strcspn(text, "\n");
        if (strncmp(text, "/*", 2) != 0)
                return 0;
        end = strstr(text + 2, "*/");
        return end ? (size_t)(end - text) + 2 : strlen(text);
}

static bool is_of_c(const char *comment) {
        return strcmp(comment, "//") == 0 || strcmp(comment, "/*") == 0;
}

/* Characters start a comment in front of a word, those of C anywhere. Return: its length without
 * the end of the line, 0 if there is none at @text. */
static size_t comment_length(const struct directive_language *language, const char *text,
                             bool starts_word) {
        const struct string_list *comments = &language->comments;
        size_t length = 0;

        if (comments->count == 0 && starts_word && *text == '#')
                return strcspn(text, "\n");
        for (size_t i = 0; *text && length == 0 && i < comments->count; i++) {
                if (is_of_c(comments->items[i]))
                        length = text[1] == comments->items[i][1] ? c_comment_length(text) : 0;
                else if (starts_word && strchr(comments->items[i], *text))
                        length = strcspn(text, "\n");
        }
        return length;
}

/* "{$NAME}", "{env.NAME}" and "{args[0]}" of a Caddyfile are parts of a value, not blocks. Return:
 * its length, or 0. */
static size_t placeholder_length(const char *text) {
        enum { LENGTH_MAX = 200 };
        size_t length = 0;

        if (text[0] != '{' || (text[1] != '$' && strncmp(text + 1, "env.", 4) != 0 &&
                               strncmp(text + 1, "args", 4) != 0))
                return 0;
        while (length < LENGTH_MAX && !strchr("} \t\n;", text[length]))
                length++;
        return text[length] == '}' ? length + 1 : 0;
}

/* "${VARIABLE}", or "$__env{VARIABLE}" of Grafana. Return: its length; 1 if its end is missing; 0.
 */
static size_t variable_length(const char *text) {
        static const char WORD[] = "abcdefghijklmnopqrstuvwxyz_";
        size_t length = 1, end;

        if (strncmp(text, "$__", strlen("$__")) == 0)
                length += strspn(text + 1, WORD);
        if (text[0] != '$' || text[length] != '{')
                return 0;
        end = length + strcspn(text + length, "}\n");
        return text[end] == '}' ? end + 1 : 1;
}

/* Return: how many bytes at @text are one unit: a quoted string, an escaped character or a
 * variable; 1 for anything else. */
static size_t unit_length(const struct statement_scanner *scanner, const char *text,
                          bool starts_word) {
        const char *end;

        if (starts_word && strchr("\"'", *text)) {
                for (end = text + 1; *end && *end != *text; end++) {
                        if (*end == '\n' && !scanner->language->semicolons)
                                return 1;
                        end += *end == '\\' && end[1];
                }
                return *end ? (size_t)(end - text) + 1 : 1;
        }
        if (text[0] == '\\' && text[1])
                return strncmp(text + 1, "\r\n", 2) == 0 ? 3 : 2;
        if (text[0] == '{') /* else it would end the statement */
                return placeholder_length(text);
        return variable_length(text) > 0 ? variable_length(text) : 1;
}

/* @text: the next line. A statement continues behind comments and empty lines. */
static bool is_continued(const struct directive_language *language, const char *text) {
        for (;;) {
                size_t blanks = strspn(text, LINE_WHITESPACE);
                size_t comment = comment_length(language, text + blanks, true);

                if (text[blanks] != '\n' && comment == 0)
                        return blanks > 0 && text[blanks];
                text += blanks + comment;
                text += *text == '\n';
        }
}

/* @text: the next line. Its brace opens a block that this line names, as in xinetd.conf(5). */
static bool begins_with_brace(const char *text) {
        text += strspn(text, LINE_WHITESPACE);
        return *text == '{' && placeholder_length(text) == 0;
}

/* @is_preprocessed: it begins with '@' */
static bool ends_statement(const struct statement_scanner *scanner, const char *text,
                           bool is_preprocessed) {
        const struct directive_language *language = scanner->language;

        if (*text == ';')
                return language->semicolons;
        /* "@include" of syslog-ng: its preprocessor reads lines. */
        if (*text == '\n' && is_preprocessed)
                return true;
        if (*text == '\n')
                return !language->semicolons && !begins_with_brace(text + 1) &&
                       !(language->indented_continuation && is_continued(language, text + 1));
        if (language->parameters && text > scanner->position && text[-1] == '"' && *text &&
            strchr(LINE_WHITESPACE, *text))
                return true;
        if (language->parentheses && *text && strchr("()", *text))
                return true;
        return *text == '\0' || (strchr("{}", *text) && placeholder_length(text) == 0);
}

static char as_brace(char end) {
        if (end == '(')
                return '{';
        if (end == ')')
                return '}';
        return end;
}

/* Copies one statement to the buffer, comments left out. */
static void copy_statement(struct statement_scanner *scanner, struct statement *ret) {
        const char *p = scanner->position;
        char *out = scanner->buffer;
        bool starts_word = true, is_preprocessed = false;

        *ret = (struct statement){ .text = scanner->buffer };
        while (!ends_statement(scanner, p, is_preprocessed)) {
                size_t length = unit_length(scanner, p, starts_word);
                size_t comment = comment_length(scanner->language, p, starts_word);
                bool joins_lines = *p == '\\' && p[length - 1] == '\n';

                if (comment > 0) {
                        for (const char *end = p + comment; p < end; p++)
                                scanner->line += *p == '\n';
                        if (!starts_word)
                                *out++ = ' '; /* a comment ends the word that it is in */
                        starts_word = true;
                        continue;
                }
                if (!strchr(LINE_WHITESPACE "\n\\", *p) && ret->line == 0) {
                        ret->line = scanner->line;
                        is_preprocessed = *p == '@';
                }
                for (size_t i = 0; i < length; i++) {
                        bool ends_line = p[i] == '\n';

                        scanner->line += ends_line;
                        *out++ = p[i];
                        if (joins_lines || ends_line)
                                out[-1] = ' ';
                }
                starts_word = joins_lines || strchr(LINE_WHITESPACE "\n=:,([", *p);
                p += length;
        }

        *out = '\0';
        ret->end = as_brace(*p);
        if (ret->line == 0)
                ret->line = scanner->line;
        scanner->line += *p == '\n';
        scanner->position = *p ? p + 1 : p;
}

bool statement_scanner_next(struct statement_scanner *scanner, struct statement *ret) {
        while (*scanner->position) {
                copy_statement(scanner, ret);
                if (ret->text[strspn(ret->text, LINE_WHITESPACE)] ||
                    (ret->end && strchr("{}", ret->end)))
                        return true;
        }
        return false;
}

/* @keyword: '+' in it is a blank between two words, '*' at its end the rest of a word, which is not
 * empty. Return: what follows it, or NULL. */
static const char *skip_keyword(const char *text, const char *keyword) {
        for (;;) {
                size_t length = strcspn(keyword, "+*"), blanks;

                if (strncasecmp(text, keyword, length) != 0)
                        return NULL;
                text += length;
                if (keyword[length] == '*') {
                        length = strcspn(text, LINE_WHITESPACE "=:");
                        return length > 0 ? text + length : NULL;
                }
                if (!keyword[length])
                        return text;
                blanks = strspn(text, LINE_WHITESPACE);
                if (blanks == 0)
                        return NULL;
                text += blanks;
                keyword += length + 1;
        }
}

const char *statement_values(const char *text, const char *keyword) {
        const char *p = text + strspn(text, LINE_WHITESPACE);

        if (strcmp(keyword, "*") == 0)
                return p;
        p = skip_keyword(p, keyword);
        if (!p)
                return NULL;
        if (*p && !strchr(LINE_WHITESPACE "=:", *p))
                return NULL;
        /* A ':' behind a blank belongs to the value: "bind :::80". */
        p += *p == ':';
        p += strspn(p, LINE_WHITESPACE);
        p += strspn(p, "=");
        return p + strspn(p, LINE_WHITESPACE);
}
