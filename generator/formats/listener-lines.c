/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/listener-lines.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/directive/values.h"
#include "input/private-files.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Bytes of a keyword; of longer ones the beginning counts. */
enum { KEYWORD_SIZE = 64 };

/* What may be around a word: brackets of lists, quotes, "<" of XML. */
#define PUNCTUATION LINE_WHITESPACE "\"'<>[]{}(),"

struct keyword {
        char text[KEYWORD_SIZE]; /* in lower case; "" if there is none */
        bool is_known;           /* to the format */
};

static const char *const OF_LISTENERS[] = { "addr", "bind", "interface", "listen" };

/* Of words with these, only those with "listen" count: "listen-client-urls". */
static const char *const OF_OTHERS[] = {
        "advertise", "announce", "backend",   "bridge",  "browse",   "client", "connect",
        "dest",      "dns",      "external",  "fastcgi", "forward",  "framed", "from",
        "gateway",   "grpc",     "memcached", "nas-",    "neighbor", "notify", "outbound",
        "outgoing",  "pasv",     "peer",      "private", "proxy",    "public", "query",
        "reachable", "relay",    "remote",    "resolve", "rewrite",  "route",  "scgi",
        "setenv",    "smtp",     "source",    "src",     "stub",     "target", "upstream",
        "uwsgi",     "verify",
};

/* Of words with these none counts: they say who may do something, or what is compared. */
static const char *const OF_RULES[] = {
        "acl", "allow", "deny", "match", "permit", "trust", "$", "%"
};

static bool has_any(const char *word, const char *const *list, size_t count) {
        for (size_t i = 0; i < count; i++)
                if (strstr(word, list[i]))
                        return true;
        return false;
}

#define HAS_ANY(word, list) has_any(word, list, sizeof(list) / sizeof((list)[0]))

static bool is_of_others(const char *word) {
        return HAS_ANY(word, OF_RULES) || (!strstr(word, "listen") && HAS_ANY(word, OF_OTHERS));
}

static bool is_comment(const char *text) {
        return strchr("#;", *text) || strncmp(text, "//", 2) == 0 || strncmp(text, "-- ", 3) == 0;
}

/* Copies the word at @text, in lower case. Return: what is behind it. */
static const char *read_keyword(const char *text, char keyword[static KEYWORD_SIZE]) {
        size_t length = strcspn(text, PUNCTUATION "=:;\n"), i;

        for (i = 0; i < length && i < KEYWORD_SIZE - 1; i++)
                keyword[i] = (char)tolower((unsigned char)text[i]);
        keyword[i] = '\0';
        return text + length;
}

bool listener_word_is_of_others(const char *word) {
        char keyword[KEYWORD_SIZE];

        (void)read_keyword(word, keyword);
        return is_of_others(keyword);
}

bool listener_value_parse(const char *value, size_t length, struct pattern *ret) {
        const char *sign = memchr(value, '=', length);

        if (value_parse(value, length, false, ret) < 0 &&
            (!sign || value_parse(sign + 1, (size_t)(value + length - sign - 1), false, ret) < 0))
                return false;
        return !pattern_needs_no_waiting(ret);
}

/* @left_out: families whose addresses are text like any other */
static bool begins_with_address(const char *line, unsigned left_out) {
        struct pattern pattern;
        size_t length;
        const char *value = value_next(&line, &length);

        /* "KEYWORD=ADDR" begins with a keyword. */
        return value && !memchr(value, '=', length) &&
               value_parse(value, length, false, &pattern) == 0 &&
               !(left_out & pattern_family(&pattern));
}

/* The keyword is the first word, or the second if a blank is between them. */
static bool is_listener(const char *line, unsigned left_out, struct keyword *ret) {
        char second[KEYWORD_SIZE] = "";
        const char *behind;

        line += strspn(line, PUNCTUATION);
        *ret = (struct keyword){ .is_known = private_files_knows(line) };
        behind = read_keyword(line, ret->text);
        if (*behind && strchr(LINE_WHITESPACE, *behind)) {
                behind += strspn(behind, LINE_WHITESPACE);
                if (!begins_with_address(behind, left_out))
                        (void)read_keyword(behind, second);
        }
        return !is_of_others(ret->text) && !is_of_others(second) &&
               (HAS_ANY(ret->text, OF_LISTENERS) || HAS_ANY(second, OF_LISTENERS));
}

static int add_addresses(const char *path, unsigned number, const char *line,
                         struct address_list *ret) {
        const char *rest = line, *value;
        size_t length;
        int r = 0;

        while (r >= 0 && (value = value_next(&rest, &length)) && *value != '#') {
                struct pattern pattern;

                if (listener_value_parse(value, length, &pattern))
                        r = address_list_add(ret, &pattern, path, number, line);
        }
        return r;
}

/* "keyword:", "keyword = [", "keyword {" */
static bool begins_list(const char *line) {
        line += strspn(line, PUNCTUATION);
        line += strcspn(line, PUNCTUATION "=:;");
        return line[strspn(line, PUNCTUATION "=:")] == '\0';
}

/* Skips "- " of YAML. */
static const char *skip_bullets(const char *line) {
        line += strspn(line, LINE_WHITESPACE);
        while (line[0] == '-' && line[1] && strchr(LINE_WHITESPACE, line[1]))
                line += 1 + strspn(line + 1, LINE_WHITESPACE);
        return line;
}

static int read_line(const char *path, unsigned number, const char *line,
                     const struct string_list *needless, bool *in_list, struct address_list *ret) {
        const char *text = skip_bullets(line);
        struct keyword keyword;
        bool is_one;

        if (!*text || is_comment(text) || !text[strspn(text, PUNCTUATION)])
                return 0;
        if (begins_with_address(text, ret->left_out))
                return *in_list ? add_addresses(path, number, line, ret) : 0;
        is_one = is_listener(text, ret->left_out, &keyword) &&
                 !string_list_contains(needless, keyword.text);
        *in_list = is_one && begins_list(text); /* the format may know the keyword, but no lists */
        return is_one && !keyword.is_known ? add_addresses(path, number, line, ret) : 0;
}

int listener_lines_find(const char *path, const char *content, const struct string_list *needless,
                        struct address_list *ret) {
        bool in_list = false;
        unsigned number = 1;
        int r = 0;

        while (r >= 0 && *content) {
                size_t length = strcspn(content, "\n");
                CLEANUP(freep) char *line = strndup(content, length);

                if (!line)
                        return -ENOMEM;
                r = read_line(path, number++, line, needless, &in_list, ret);
                content += length + (content[length] == '\n');
        }
        return r;
}
