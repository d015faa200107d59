/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/dovecot/dovecot-lines.h"

#include "common/cleanup.h"
#include "common/whitespace.h"

#include <stdbool.h>
#include <string.h>

static char *skip_blanks(char *p) {
        return p + strspn(p, C_WHITESPACE);
}

static void strip_comment(char *line) {
        for (char *p = line; *p; p++) {
                if (*p == '#') {
                        *p = '\0';
                        return;
                }
                if (*p == '\'' || *p == '"') {
                        char quote = *p;

                        for (p++; *p && *p != quote; p++)
                                p += *p == '\\' && p[1];
                        if (*p == '\0')
                                return;
                }
        }
}

static void strip_blanks_behind(char *line) {
        for (char *end = line + strlen(line); end > line && strchr(C_WHITESPACE, end[-1]);)
                *--end = '\0';
}

/* Puts what was continued before the line. @blank: whether the next line is to be added to it. */
static int join(char **before, const char *line, bool blank) {
        char *joined;

        if (asprintf(&joined, "%s%s%s", *before ? *before : "", line, blank ? " " : "") < 0)
                return -ENOMEM;
        free(*before);
        *before = joined;
        return 0;
}

/* str_unescape() of lib/strescape.c, in place. */
static void unescape(char *text) {
        char *out = text;

        for (char *p = text; *p; p++) {
                if (*p == '\\' && p[1])
                        p++;
                *out++ = *p;
        }
        *out = '\0';
}

/* @p: behind the '='. */
static void parse_value(char *p, struct dovecot_line *ret) {
        size_t length;

        p = skip_blanks(p);
        ret->value = p;
        length = strlen(p);
        if (*p == '<') {
                ret->type = DOVECOT_LINE_FILE;
                ret->value = skip_blanks(p + 1);
                return;
        }
        if (*p != '\'' && *p != '"' && strchr(p, '$')) {
                ret->type = DOVECOT_LINE_VARIABLES;
                return;
        }
        ret->type = DOVECOT_LINE_VALUE;
        if (length > 1 && (*p == '"' || *p == '\'') && p[length - 1] == *p) {
                p[length - 1] = '\0';
                unescape(p + 1);
                ret->value = p + 1;
        }
}

/* @p: behind the key: a name, or none, and '{'. */
static void parse_block(char *p, struct dovecot_line *ret) {
        ret->value = "";
        if (*p != '{') {
                char end = *p == '"' ? '"' : ' ';

                p += *p == '"';
                ret->value = p;
                p += end == '"' ? strcspn(p, "\"") : strcspn(p, C_WHITESPACE);
                if (*p == '\0')
                        return;
                *p = '\0';
                p = skip_blanks(p + 1);
        }
        if (strcmp(p, "{") == 0)
                ret->type = DOVECOT_LINE_BEGIN;
}

/* "group @NAME label {" in 2.4. Return: what is behind the name. */
static char *cut_group(char *p, struct dovecot_line *ret) {
        char *end = p + strcspn(p, C_WHITESPACE);

        if (*p != '@' || !*end)
                return p;
        *end = '\0';
        ret->group = p + 1;
        return skip_blanks(end + 1);
}

static char *cut_key(char *line, struct dovecot_line *ret) {
        char *p = line;

        ret->key = line;
        if (*line == '"') { /* in 2.4 */
                ret->key = ++p;
                while (*p && *p != '"')
                        p += *p == '\\' && p[1] ? 2 : 1;
                if (*p)
                        *p++ = '\0';
        } else {
                p += strcspn(p, C_WHITESPACE "=");
        }
        if (*p && strchr(C_WHITESPACE, *p)) {
                *p = '\0';
                p = skip_blanks(p + 1);
        }
        return p;
}

static void parse(char *line, struct dovecot_line *ret) {
        char *p = cut_key(line, ret);

        if (*p == '=') {
                *p = '\0';
                parse_value(p + 1, ret);
                return;
        }
        ret->value = p;
        if (strcmp(ret->key, "!include") == 0)
                ret->type = DOVECOT_LINE_INCLUDE;
        else if (strcmp(ret->key, "!include_try") == 0)
                ret->type = DOVECOT_LINE_INCLUDE_TRY;
        else if (strcmp(ret->key, "}") == 0 && *p == '\0')
                ret->type = DOVECOT_LINE_END;
        else
                parse_block(strcmp(ret->key, "group") == 0 ? cut_group(p, ret) : p, ret);
}

int dovecot_line_parse(char *line, char **before, struct dovecot_line *ret) {
        size_t length;

        *ret = (struct dovecot_line){ .key = "", .value = "" };
        line = skip_blanks(line);
        if (*line == '#' || *line == '\0') /* this ends a continued line, which is lost */
                return 0;
        strip_comment(line);
        strip_blanks_behind(line);
        length = strlen(line);
        if (length > 0 && line[length - 1] == '\\') {
                line[length - 1] = '\0';
                strip_blanks_behind(line);
                ret->type = DOVECOT_LINE_CONTINUED;
                return *line ? join(before, line, true) : 0;
        }
        if (*before) {
                if (join(before, line, false) < 0)
                        return -ENOMEM;
                line = *before;
        }
        parse(line, ret);
        return 0;
}
