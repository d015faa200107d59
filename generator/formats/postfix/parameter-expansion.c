/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/postfix/parameter-expansion.h"

#include "common/cleanup.h"
#include "log.h"

#include <ctype.h>
#include <string.h>

enum {
        DEPTH_MAX = 100, /* mac_expand_callback() has the same */
        EXPANSIONS_MAX = 10000,
        LENGTH_MAX = 1 << 20, /* bytes */
};

/* CHARS_SPACE of Postfix */
#define WHITESPACE " \t\r\n"

/* Of the parameters that the values of inet_interfaces can name. A host name is left to be seen. */
static const struct {
        const char *name;
        const char *value;
} DEFAULTS[] = {
        { "compatibility_level", "0" },       { "inet_interfaces", "all" },
        { "inet_protocols", "all" },          { "lmtp_bind_address6", "" },
        { "mail_name", "Postfix" },           { "master_service_disable", "" },
        { "multi_instance_directories", "" }, { "multi_instance_enable", "no" },
        { "multi_instance_name", "" },        { "multi_instance_wrapper", "" },
        { "mydomain", "$$mydomain" },         { "myhostname", "$$myhostname" },
        { "myorigin", "$myhostname" },        { "proxy_interfaces", "" },
        { "smtp_bind_address", "" },          { "smtp_bind_address6", "" },
};

/* Postfix 3.7 assigns them before it expands inet_interfaces, and 3.10 after that. */
static const char *const DEPEND_ON_VERSION[] = { "config_directory", "process_name" };

struct expansion {
        const struct main_cf *main_cf;
        unsigned line; /* for warnings */
        unsigned depth;
        unsigned count;
};

static int expand(struct expansion *expansion, const char *text, FILE *out);

static const char *look_up(const struct expansion *expansion, const char *name) {
        const struct parameter *parameter = main_cf_find(expansion->main_cf, name);

        if (parameter)
                return parameter->value;
        for (size_t i = 0; i < sizeof(DEFAULTS) / sizeof(DEFAULTS[0]); i++)
                if (strcmp(DEFAULTS[i].name, name) == 0)
                        return DEFAULTS[i].value;
        return NULL;
}

static bool depends_on_version(const char *name) {
        for (size_t i = 0; i < sizeof(DEPEND_ON_VERSION) / sizeof(DEPEND_ON_VERSION[0]); i++)
                if (strcmp(DEPEND_ON_VERSION[i], name) == 0)
                        return true;
        return false;
}

/* Cuts off the text in a pair of braces, and the blanks behind it. @cursor: at the '{'. */
static char *cut_braces(char **cursor) {
        char *start = *cursor + 1, *end = start;
        unsigned level = 1;

        for (;; end++) {
                if (*end == '\0')
                        return NULL;
                level += *end == '{';
                level -= *end == '}';
                if (level == 0)
                        break;
        }
        *end++ = '\0';
        *cursor = end + strspn(end, WHITESPACE);
        return start;
}

/* An operand of '?' or ':': in braces, or all that is left. */
static char *cut_operand(char **cursor) {
        char *start = *cursor + strspn(*cursor, WHITESPACE);

        if (*start == '{') {
                *cursor = start;
                return cut_braces(cursor);
        }
        start = *cursor;
        *cursor += strlen(*cursor);
        return start;
}

static int expand_to_string(struct expansion *expansion, const char *text, char **ret) {
        CLEANUP(freep) char *buffer = NULL;
        size_t size;
        FILE *out = open_memstream(&buffer, &size);
        int r;

        if (!out)
                return -ENOMEM;
        r = expand(expansion, text, out);
        if (fclose(out) != 0 && r >= 0)
                r = -ENOMEM;
        if (r >= 0)
                *ret = TAKE_POINTER(buffer);
        return r;
}

static bool is_number(const char *text) {
        return *text && text[strspn(text, "0123456789")] == '\0';
}

static int compare(const char *left, const char *right, bool as_levels) {
        if (as_levels)
                return strverscmp(left, right);
        if (is_number(left) && is_number(right)) {
                long long x = strtoll(left, NULL, 10), y = strtoll(right, NULL, 10);

                return (x > y) - (x < y);
        }
        return strcmp(left, right);
}

/* Return: whether the comparison holds; -EINVAL if it is none. */
static int apply_operator(const char *sign, size_t length, int difference) {
        static const struct {
                const char *name;
                bool less, equal, greater;
        } OPERATORS[] = {
                { "==", false, true, false }, { "!=", true, false, true },
                { "<", true, false, false },  { "<=", true, true, false },
                { ">=", false, true, true },  { ">", false, false, true },
        };

        for (size_t i = 0; i < sizeof(OPERATORS) / sizeof(OPERATORS[0]); i++)
                if (strlen(OPERATORS[i].name) == length &&
                    strncmp(OPERATORS[i].name, sign, length) == 0)
                        return difference < 0   ? OPERATORS[i].less
                               : difference > 0 ? OPERATORS[i].greater
                                                : OPERATORS[i].equal;
        return -EINVAL;
}

/* "{LEFT} OPERATOR {RIGHT}": mac_exp_parse_relational(). The suffix "level" compares versions. */
static int evaluate_comparison(struct expansion *expansion, char **cursor) {
        CLEANUP(freep) char *left_value = NULL, *right_value = NULL;
        char *left = cut_braces(cursor), *sign = *cursor, *right;
        size_t length = strspn(sign, "<>!=?+-*/~&|%");
        char *end = sign + length;
        bool as_levels = strncmp(end, "level", strlen("level")) == 0;
        int r;

        if (!left)
                return -EINVAL;
        end += as_levels ? strlen("level") : 0;
        end += strspn(end, WHITESPACE);
        if (*end != '{')
                return -EINVAL;
        *cursor = end;
        right = cut_braces(cursor);
        if (!right)
                return -EINVAL;
        r = expand_to_string(expansion, left, &left_value);
        if (r >= 0)
                r = expand_to_string(expansion, right, &right_value);
        return r < 0 ? r
                     : apply_operator(sign, length, compare(left_value, right_value, as_levels));
}

/* Cuts the name off. Return: what follows it, '?', ':' or '\0'; -EINVAL, also for a function. */
static int cut_name(char **cursor, const char **ret) {
        char *p = *cursor + strspn(*cursor, WHITESPACE);
        char next;

        *ret = p;
        while (isalnum((unsigned char)*p) || *p == '_')
                p++;
        *cursor = p + strspn(p, WHITESPACE);
        next = **cursor;
        if (next && next != '?' && next != ':')
                return -EINVAL;
        *p = '\0';
        *cursor += next != '\0';
        return (unsigned char)next;
}

/* Text behind '?' or ':', whichever applies. @next: which of the two was before @cursor. */
static int expand_choice(struct expansion *expansion, int next, bool condition, char *cursor,
                         FILE *out) {
        const char *if_true = "", *if_false = "";

        if (next == '?') {
                if_true = cut_operand(&cursor);
                next = (unsigned char)*cursor;
                cursor += next == ':';
        }
        if (next == ':')
                if_false = cut_operand(&cursor);
        if (!if_true || !if_false || *cursor)
                return -EINVAL;
        return expand(expansion, condition ? if_true : if_false, out);
}

/* @body: what is in "${…}"; changed */
static int expand_expression(struct expansion *expansion, char *body, FILE *out) {
        char *cursor = body + strspn(body, WHITESPACE);
        const char *name, *value;
        int next, r;

        if (*cursor == '{') {
                r = evaluate_comparison(expansion, &cursor);
                if (r < 0)
                        return r;
                value = r ? "bool:true" : "";
                next = (unsigned char)*cursor;
                if (next && next != '?' && next != ':')
                        return -EINVAL;
                cursor += next != '\0';
        } else {
                next = cut_name(&cursor, &name);
                if (next < 0)
                        return next;
                value = look_up(expansion, name);
                if (!value && depends_on_version(name))
                        return -EINVAL;
                if (!value && !next)
                        log_warning(expansion->main_cf->path, expansion->line,
                                    "Nothing sets '%s', which is empty.", name);
        }
        if (next)
                return expand_choice(expansion, next, value && *value, cursor, out);
        return value ? expand(expansion, value, out) : 0;
}

/* Return: the length of "{…}", "(…)" or a name; 0 if it is none of them. */
static size_t reference_length(const char *text) {
        char open = text[0], close = open == '{' ? '}' : ')';
        unsigned level = 0;
        size_t length = 0;

        if (open != '{' && open != '(') {
                while (isalnum((unsigned char)text[length]) || text[length] == '_')
                        length++;
                return length;
        }
        do {
                if (text[length] == '\0')
                        return 0;
                level += text[length] == open;
                level -= text[length] == close;
                length++;
        } while (level > 0);
        return length;
}

static int expand_reference(struct expansion *expansion, const char *text, size_t length,
                            FILE *out) {
        bool in_braces = text[0] == '{' || text[0] == '(';
        CLEANUP(freep)
        char *body = in_braces ? strndup(text + 1, length - 2) : strndup(text, length);

        return body ? expand_expression(expansion, body, out) : -ENOMEM;
}

static int expand_all(struct expansion *expansion, const char *p, FILE *out) {
        while (*p) {
                size_t length = strcspn(p, "$");
                int r;

                if (ftello(out) + (off_t)length > LENGTH_MAX)
                        return -EINVAL;
                if (length > 0 && fwrite(p, 1, length, out) != length)
                        return -ENOMEM;
                p += length;
                if (*p == '\0')
                        break;
                if (p[1] == '$') {
                        if (putc('$', out) == EOF)
                                return -ENOMEM;
                        p += 2;
                        continue;
                }
                length = reference_length(++p);
                if (length == 0)
                        return -EINVAL;
                r = expand_reference(expansion, p, length, out);
                if (r < 0)
                        return r;
                p += length;
        }
        return 0;
}

static int expand(struct expansion *expansion, const char *text, FILE *out) {
        int r;

        if (expansion->depth == DEPTH_MAX || expansion->count++ == EXPANSIONS_MAX)
                return -EINVAL;
        expansion->depth++;
        r = expand_all(expansion, text, out);
        expansion->depth--;
        return r;
}

int parameter_expand(const struct main_cf *main_cf, const char *name, char **ret) {
        const struct parameter *parameter = main_cf_find(main_cf, name);
        struct expansion expansion = {
                .main_cf = main_cf,
                .line = parameter ? parameter->line : 0,
        };
        const char *value = look_up(&expansion, name);

        return expand_to_string(&expansion, value ? value : "", ret);
}
