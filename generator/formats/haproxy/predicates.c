/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/haproxy/predicates.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS " \t"

enum {
        NESTING_MAX = 64,  /* of parentheses; haproxy has MAX_CFG_RECURSION */
        ARGUMENTS_MAX = 2, /* of a predicate */
        ARGUMENT_SIZE = 16 << 10,
        OLDEST_MAJOR = 2, /* the oldest and the next to the newest version that matter here */
        OLDEST_MINOR = 6,
        NEWEST_MAJOR = 4,
};

/* In every package of a distribution (`haproxy -vv`): features that are there, and others not.
 * Which of the rest are there depends on the distribution. */
static const char *const PRESENT[] = {
        "ACCEPT4",      "CPU_AFFINITY", "CRYPT_H",   "DL",     "EPOLL",   "GETADDRINFO",
        "LINUX_SPLICE", "LUA",          "NETFILTER", "NS",     "OPENSSL", "POLL",
        "PRCTL",        "RT",           "TFO",       "THREAD", "TPROXY",
};
static const char *const ABSENT[] = {
        "CLOSEFROM", "EVPORTS", "KQUEUE", "PROCCTL", "STATIC_PCRE", "STATIC_PCRE2",
};

static bool contains(const char *const *list, size_t count, const char *word) {
        for (size_t i = 0; i < count; i++)
                if (strcmp(list[i], word) == 0)
                        return true;
        return false;
}

static enum truth of(bool value) {
        return value ? TRUTH_YES : TRUTH_NO;
}

/* Where the arguments of a predicate are; NUL-terminated. */
struct arguments {
        const struct variables *variables;
        char *texts[ARGUMENTS_MAX];
};

static bool are_known(const struct arguments *arguments) {
        for (unsigned i = 0; i < ARGUMENTS_MAX; i++)
                if (arguments->texts[i] && strstr(arguments->texts[i], VARIABLE_UNKNOWN))
                        return false;
        return true;
}

static enum truth is_defined(const struct arguments *arguments) {
        const char *value = haproxy_variables_get(arguments->variables, arguments->texts[0]);

        return value && strstr(value, VARIABLE_UNKNOWN) ? TRUTH_MAYBE : of(value);
}

static enum truth has_feature(const struct arguments *arguments) {
        const char *name = arguments->texts[0];

        if (contains(PRESENT, sizeof(PRESENT) / sizeof(PRESENT[0]), name))
                return TRUTH_YES;
        return contains(ABSENT, sizeof(ABSENT) / sizeof(ABSENT[0]), name) ? TRUTH_NO : TRUTH_MAYBE;
}

static enum truth are_equal(const struct arguments *arguments) {
        return of(strcmp(arguments->texts[0], arguments->texts[1]) == 0);
}

static enum truth differ(const struct arguments *arguments) {
        return truth_not(are_equal(arguments));
}

static enum truth has_part(const struct arguments *arguments) {
        return of(strstr(arguments->texts[0], arguments->texts[1]));
}

/* compare_current_version() in src/tools.c */
static enum truth is_version(const struct arguments *arguments) {
        char *end;
        unsigned long major = strtoul(arguments->texts[0], &end, 10);
        unsigned long minor = *end == '.' ? strtoul(end + 1, &end, 10) : 0;
        unsigned long patch = *end == '.' ? strtoul(end + 1, &end, 10) : 0;

        if (major < OLDEST_MAJOR || (major == OLDEST_MAJOR && minor < OLDEST_MINOR) ||
            (major == OLDEST_MAJOR && minor == OLDEST_MINOR && patch == 0))
                return TRUTH_YES;
        return major >= NEWEST_MAJOR ? TRUTH_NO : TRUTH_MAYBE;
}

static enum truth is_older(const struct arguments *arguments) {
        return truth_not(is_version(arguments));
}

static enum truth depends(const struct arguments *arguments) {
        (void)arguments;
        return TRUTH_MAYBE;
}

static const struct predicate {
        const char *name;
        unsigned count; /* of arguments */
        enum truth (*evaluate)(const struct arguments *arguments);
} PREDICATES[] = {
        { "defined", 1, is_defined },
        { "enabled", 1, depends },
        { "feature", 1, has_feature },
        { "openssl_version_atleast", 1, depends },
        { "openssl_version_before", 1, depends },
        { "ssllib_name_startswith", 1, depends },
        { "streq", 2, are_equal },
        { "strneq", 2, differ },
        { "strstr", 2, has_part },
        { "version_atleast", 1, is_version },
        { "version_before", 1, is_older },
};

static void skip_blanks(const char **text) {
        *text += strspn(*text, BLANKS);
}

/* One argument up to its ',' or ')' (make_arg_list() in src/arg.c). Return: its length. */
static size_t read_argument(const char **text, char *out) {
        static const char REPLACED[] = "r\rn\nt\t\\\\  \"\"''";
        const char *p = *text;
        char quote = '\0', *start = out;
        bool is_quoted = false;

        for (; *p && (is_quoted || !strchr(",)", *p)); p++) {
                const char *replaced = REPLACED;

                if ((*p == '"' || *p == '\'') && (!is_quoted || quote == *p)) {
                        is_quoted = !is_quoted;
                        quote = *p;
                        continue;
                }
                if (*p == '\\' && !(is_quoted && quote == '\'')) {
                        while (*replaced && *replaced != p[1])
                                replaced += 2;
                        if (*replaced) {
                                *out++ = replaced[1];
                                p++;
                                continue;
                        }
                }
                *out++ = *p;
        }
        *out++ = '\0';
        *text = p;
        return (size_t)(out - start);
}

static int evaluate_predicate(const char **text, const struct variables *variables,
                              enum truth *ret) {
        size_t length = strcspn(*text, " (");
        const struct predicate *predicate = NULL;
        struct arguments arguments = { .variables = variables };
        char buffer[ARGUMENT_SIZE + ARGUMENTS_MAX], *out = buffer;

        for (size_t i = 0; i < sizeof(PREDICATES) / sizeof(PREDICATES[0]); i++)
                if (strlen(PREDICATES[i].name) == length &&
                    strncmp(PREDICATES[i].name, *text, length) == 0)
                        predicate = &PREDICATES[i];
        *text += length;
        if (!predicate || **text != '(' || strlen(*text) > ARGUMENT_SIZE)
                return -EINVAL;
        for (unsigned i = 0; i < predicate->count; i++) {
                if (**text != (i == 0 ? '(' : ','))
                        return -EINVAL;
                ++*text;
                arguments.texts[i] = out;
                out += read_argument(text, out);
        }
        if (**text != ')')
                return -EINVAL;
        ++*text;
        *ret = are_known(&arguments) ? predicate->evaluate(&arguments) : TRUTH_MAYBE;
        return 0;
}

static int evaluate_or(const char **text, const struct variables *variables, unsigned nesting,
                       enum truth *ret);

/* "!" TERM, a number, "(" EXPRESSION ")", or a predicate */
static int evaluate_term(const char **text, const struct variables *variables, unsigned nesting,
                         enum truth *ret) {
        bool is_negated = false;
        char *end;
        long number;
        int r = 0;

        for (skip_blanks(text); **text == '!'; skip_blanks(text)) {
                is_negated = !is_negated;
                ++*text;
        }
        number = strtol(*text, &end, 0);
        if (end != *text) {
                *ret = of(number != 0);
                *text = end;
        } else if (**text == '(') {
                ++*text;
                r = nesting < NESTING_MAX ? evaluate_or(text, variables, nesting + 1, ret)
                                          : -EINVAL;
                if (r < 0 || **text != ')')
                        return -EINVAL;
                ++*text;
        } else {
                r = evaluate_predicate(text, variables, ret);
        }
        if (is_negated)
                *ret = truth_not(*ret);
        skip_blanks(text);
        return r;
}

static int evaluate_and(const char **text, const struct variables *variables, unsigned nesting,
                        enum truth *ret) {
        int r = evaluate_term(text, variables, nesting, ret);

        while (r >= 0 && strncmp(*text, "&&", 2) == 0) {
                enum truth right;

                *text += 2;
                r = evaluate_term(text, variables, nesting, &right);
                if (r >= 0)
                        *ret = truth_and(*ret, right);
        }
        return r;
}

static int evaluate_or(const char **text, const struct variables *variables, unsigned nesting,
                       enum truth *ret) {
        int r = evaluate_and(text, variables, nesting, ret);

        while (r >= 0 && strncmp(*text, "||", 2) == 0) {
                enum truth right;

                *text += 2;
                r = evaluate_and(text, variables, nesting, &right);
                if (r >= 0)
                        *ret = truth_or(*ret, right);
        }
        return r;
}

int expression_evaluate(const char *text, const struct variables *variables, enum truth *ret) {
        int r;

        *ret = TRUTH_NO;
        if (!*text)
                return 0;
        r = evaluate_or(&text, variables, 0, ret);
        return r < 0 || *text ? -EINVAL : 0;
}
