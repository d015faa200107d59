/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/yaml-scalars.h"

#include "common/whitespace.h"
#include "formats/directive/statements.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Numbers in comments are sections of the specification of YAML 1.2.2. */

#define FLOW_INDICATORS ",[]{}"

long yaml_column(const struct yaml_text *text) {
        return text->p - text->line_start;
}

void yaml_step(struct yaml_text *text, size_t length) {
        for (const char *end = text->p + length; text->p < end; text->p++)
                if (*text->p == '\n') {
                        text->line++;
                        text->line_start = text->p + 1;
                }
}

void yaml_skip_blanks(struct yaml_text *text) {
        text->p += strspn(text->p, LINE_WHITESPACE);
}

static size_t comment_length(const struct yaml_text *text) {
        if (*text->p == '#')
                return strcspn(text->p, "\n");
        return text->c_comments ? c_comment_length(text->p) : 0;
}

void yaml_skip_space(struct yaml_text *text) {
        size_t length;

        do {
                yaml_step(text, strspn(text->p, C_WHITESPACE));
                length = comment_length(text);
                yaml_step(text, length);
        } while (length > 0);
}

bool yaml_is_space(char byte) {
        return byte == '\0' || strchr(C_WHITESPACE, byte);
}

bool yaml_line_ends(struct yaml_text *text) {
        yaml_skip_blanks(text);
        return *text->p == '\0' || *text->p == '\n' || comment_length(text) > 0;
}

/* Return: a copy in which line breaks and the like are blanks; NULL: -ENOMEM. */
static char *copy(const char *start, const char *end) {
        char *ret = strndup(start, (size_t)(end - start));

        for (char *p = ret; p && *p; p++)
                if (iscntrl((unsigned char)*p))
                        *p = ' ';
        return ret;
}

static bool is_doubled(const char *p, char quote) {
        return quote == '\'' && p[0] == quote && p[1] == quote;
}

/* Return: the quotation mark that ends a string; the end of the text if there is none. */
static const char *find_quote(const char *p, char quote) {
        for (; *p && (*p != quote || is_doubled(p, quote)); p++)
                p += is_doubled(p, quote) || (quote == '"' && *p == '\\' && p[1]);
        return p;
}

/* 7.3.1, 7.3.2. An escape that may be in an address or a path is replaced. */
static void unescape(char *string, char quote) {
        char *out = string;

        for (const char *p = string; *p; p++) {
                if (is_doubled(p, quote) || (quote == '"' && *p == '\\' && strchr("\"\\/", p[1])))
                        p += p[1] != '\0';
                *out++ = *p;
        }
        *out = '\0';
}

static int read_quoted(struct yaml_text *text, char **ret) {
        char quote = *text->p;
        const char *start = text->p + 1, *end = find_quote(start, quote);

        if (!*end)
                return -EINVAL;
        *ret = copy(start, end);
        if (!*ret)
                return -ENOMEM;
        unescape(*ret, quote);
        yaml_step(text, (size_t)(end + 1 - text->p));
        return 0;
}

/* 7.3.3: what no plain scalar begins with. "<?" is Kea's inclusion of a file. */
static bool begins_plain(const char *p) {
        if (!*p)
                return false;
        if (strchr("-?:", *p))
                return !yaml_is_space(p[1]);
        return !strchr("&*|>%@`\"'" FLOW_INDICATORS, *p) && strncmp(p, "<?", 2) != 0;
}

/* Return: what ends a plain scalar on this line: ':' of a key, a comment, or the end of the line.
 */
static const char *find_plain_end(const struct yaml_text *text, bool in_flow) {
        struct yaml_text at = *text;

        for (; *at.p && *at.p != '\n'; at.p++) {
                if (at.p > text->p && strchr(LINE_WHITESPACE, at.p[-1]) && comment_length(&at) > 0)
                        break;
                if (in_flow && strchr(FLOW_INDICATORS, *at.p))
                        break;
                if (*at.p == ':' &&
                    (yaml_is_space(at.p[1]) || (in_flow && strchr(FLOW_INDICATORS, at.p[1]))))
                        break;
        }
        return at.p;
}

/* 7.3.3: Whether the next line belongs to a plain scalar. Goes there then. */
static bool continues(struct yaml_text *text, const struct yaml_context *context) {
        struct yaml_text next = *text;

        if (*next.p != '\n')
                return false;
        yaml_step(&next, strspn(next.p, C_WHITESPACE));
        if (!*next.p || comment_length(&next) > 0 ||
            (context->in_flow ? !begins_plain(next.p)
                              : yaml_column(&next) <= context->parent_column))
                return false;
        *text = next;
        return true;
}

static int read_plain(struct yaml_text *text, const struct yaml_context *context, char **ret) {
        const char *start = text->p, *end;

        if (!begins_plain(start))
                return -EINVAL;
        do {
                end = find_plain_end(text, context->in_flow);
                yaml_step(text, (size_t)(end - text->p));
        } while (continues(text, context));
        while (end > start && yaml_is_space(end[-1]))
                end--;
        *ret = copy(start, end);
        return *ret ? 0 : -ENOMEM;
}

int yaml_scalar_read(struct yaml_text *text, const struct yaml_context *context, char **ret,
                     bool *ret_is_key) {
        bool is_quoted = *text->p == '"' || *text->p == '\'';
        int r = is_quoted ? read_quoted(text, ret) : read_plain(text, context, ret);

        if (r < 0)
                return r;
        yaml_skip_blanks(text);
        /* 7.4.2: JSON needs no blank. */
        *ret_is_key = *text->p == ':' && (yaml_is_space(text->p[1]) || context->in_flow);
        if (*ret_is_key)
                yaml_step(text, 1);
        return *ret_is_key && !context->may_be_key ? -EINVAL : 0;
}

int yaml_block_scalar_read(struct yaml_text *text, long parent_column, char **ret) {
        const char *start = text->p + 1;

        yaml_step(text, strcspn(text->p, "\n"));
        while (*text->p) {
                struct yaml_text next = *text;

                yaml_step(&next, strspn(next.p, C_WHITESPACE));
                if (!*next.p || yaml_column(&next) <= parent_column)
                        break;
                *text = next;
                yaml_step(text, strcspn(text->p, "\n"));
        }
        *ret = copy(start, text->p);
        return *ret ? 0 : -ENOMEM;
}
