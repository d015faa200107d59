/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/environment.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "log.h"

#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
#define BLANKS  " \t\r"

/* A=$A$A doubles A each time, and each $A is searched for: both need an end. */
enum { VALUE_LENGTH_MAX = 16 << 10, ASSIGNMENTS_MAX = 1000, IF_DEPTH_MAX = 32 };

static size_t name_length(const char *text) {
        return text[0] && strchr(LETTERS, text[0]) ? strspn(text, LETTERS "0123456789") : 0;
}

const char *environment_get(const struct string_list *environment, const char *name) {
        size_t length = strlen(name);

        for (size_t i = environment->count; i > 0; i--) {
                const char *entry = environment->items[i - 1];

                if (strncmp(entry, name, length) == 0 && entry[length] == '=')
                        return entry + length + 1;
        }
        return NULL;
}

/* ${NAME#PREFIX} and ${NAME##PREFIX}, which are the same where PREFIX is plain text. @text: behind
 * the name. Return: how many bytes up to the '}', or -EINVAL. */
static ssize_t cut_prefix(const char *text, const char **value) {
        size_t marks = strspn(text, "#");
        const char *prefix = text + marks;
        size_t length = strcspn(prefix, "}*?[\\$'\"`\n");

        if (marks < 1 || marks > 2 || prefix[length] != '}')
                return -EINVAL;
        if (*value && strncmp(*value, prefix, length) == 0)
                *value += length;
        return (ssize_t)(marks + length);
}

/* @text: behind a '$'. Return: how many bytes of it name the variable whose value was written to
 * @out; -EINVAL for other substitutions; -ENOMEM. */
static ssize_t expand(const char *text, const struct string_list *environment, FILE *out) {
        bool braces = text[0] == '{';
        size_t length = name_length(text + braces);
        CLEANUP(freep) char *name = NULL;
        const char *value;
        ssize_t n;

        if (length == 0 && !braces && text[0] != '(')
                return putc('$', out) == EOF ? -ENOMEM : 0;
        if (length == 0)
                return -EINVAL;

        name = strndup(text + braces, length);
        if (!name)
                return -ENOMEM;
        value = environment_get(environment, name);
        length += braces;
        if (braces && text[length] != '}') {
                n = cut_prefix(text + length, &value);
                if (n < 0)
                        return n;
                length += (size_t)n;
        }
        if (value && (ftell(out) > VALUE_LENGTH_MAX || fputs(value, out) == EOF))
                return -EINVAL;
        return (ssize_t)(length + braces);
}

static bool ends_value(const char *text, char quote, bool after_blank) {
        if (*text == '\0')
                return true;
        if (quote)
                return false;
        return strchr("\n;&|", *text) || (*text == '#' && after_blank);
}

/* @p: a backslash. Return: the byte it protects, which is the last that was read. */
static const char *read_escape(const char *p, char quote, FILE *out) {
        p++;
        if (quote && !strchr("\"\\$`\n", *p))
                (void)putc('\\', out);
        if (*p != '\n')
                (void)putc(*p, out);
        return p;
}

/* Reads a value up to its end, or up to a blank, where *cursor is left. Return: 0, -EINVAL if it
 * cannot be known, -ENOMEM. */
static int read_value(const char **cursor, bool up_to_blank, const struct string_list *environment,
                      FILE *out) {
        const char *p = *cursor;
        char quote = '\0';
        ssize_t n;
        int r = 0;

        for (; !ends_value(p, quote, p == *cursor || strchr(BLANKS, p[-1])); p++) {
                bool expands = quote != '\'';

                if (up_to_blank && !quote && strchr(BLANKS, *p))
                        break;
                if (quote ? *p == quote : strchr("'\"", *p) != NULL) {
                        quote = (char)(quote ^ *p);
                } else if (expands && *p == '\\' && p[1]) {
                        p = read_escape(p, quote, out);
                } else if (expands && *p == '$') {
                        n = expand(p + 1, environment, out);
                        p += n > 0 ? n : 0;
                        r = n < 0 ? (int)n : r;
                } else if (expands && *p == '`') {
                        r = -EINVAL;
                } else {
                        (void)putc(*p, out);
                }
        }
        *cursor = p;
        return ferror(out) ? -ENOMEM : r;
}

/* As read_value(). @ret: to be freed by the caller, also on -EINVAL. */
static int read_text(const char **cursor, bool up_to_blank, const struct string_list *environment,
                     char **ret) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        int r;

        if (!out)
                return -ENOMEM;
        r = read_value(cursor, up_to_blank, environment, out);
        if (memstream_close(out, &text) < 0)
                return -ENOMEM;
        *ret = TAKE_POINTER(text);
        return r;
}

static void trim_end(char *text) {
        size_t length = strlen(text);

        while (length > 0 && strchr(BLANKS, text[length - 1]))
                text[--length] = '\0';
}

char *environment_expand(const char *text, const struct string_list *environment) {
        CLEANUP(freep) char *result = NULL;
        size_t size;
        FILE *out = open_memstream(&result, &size);
        ssize_t n = 0;

        if (!out)
                return NULL;
        for (const char *p = text; *p && n != -ENOMEM; p++) {
                n = *p == '$' ? expand(p + 1, environment, out) : -EINVAL;
                if (n > 0)
                        p += n;
                else if (n < 0)
                        (void)putc(*p, out);
        }
        return memstream_close(out, &result) == 0 && n != -ENOMEM ? TAKE_POINTER(result) : NULL;
}

/* One level of if … fi. */
struct branch {
        bool counts; /* what is read takes effect */
        bool taken;  /* a condition was true, so no later branch counts */
};

struct script {
        struct string_list *environment;
        struct branch branches[IF_DEPTH_MAX];
        unsigned depth; /* the first one is the script itself */
};

/* Moves past a word of the shell's. Return: whether it is there. */
static bool skip_keyword(const char **cursor, const char *keyword) {
        size_t length = strlen(keyword);

        if (strncmp(*cursor, keyword, length) != 0 || !strchr(BLANKS "\n;", (*cursor)[length]))
                return false;
        *cursor += length;
        return true;
}

/* test(1), as far as it is about text. Return: 1, 0, or -EINVAL for anything else. */
static int evaluate(char *const *words, size_t count) {
        if (count == 2 && strcmp(words[0], "-n") == 0)
                return words[1][0] != '\0';
        if (count == 2 && strcmp(words[0], "-z") == 0)
                return words[1][0] == '\0';
        if (count == 3 && strcmp(words[1], "=") == 0)
                return strcmp(words[0], words[2]) == 0;
        if (count == 3 && strcmp(words[1], "!=") == 0)
                return strcmp(words[0], words[2]) != 0;
        return -EINVAL;
}

/* "[ A = B ]". Return: 1, 0, -EINVAL if it cannot be known, -ENOMEM. */
static int read_condition(const char **cursor, const struct string_list *environment) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        int unknown = 0;

        while (*cursor += strspn(*cursor, BLANKS), !ends_value(*cursor, '\0', true)) {
                char *word = NULL;
                int r;

                r = read_text(cursor, true, environment, &word);
                unknown = r == -EINVAL ? r : unknown;
                if (string_list_take(&words, word) < 0)
                        return -ENOMEM;
        }
        if (unknown || words.count < 2 || strchr("&|", **cursor) ||
            strcmp(words.items[0], "[") != 0 || strcmp(words.items[words.count - 1], "]") != 0)
                return -EINVAL;
        return evaluate(words.items + 1, words.count - 2);
}

/* Return: 1 if it was a keyword, 0 if not; -E2BIG if too many are open; -ENOMEM. */
static int read_keyword(const char **cursor, struct script *script) {
        struct branch *branch = &script->branches[script->depth];
        bool is_if = skip_keyword(cursor, "if");
        int r;

        if (is_if || (script->depth > 0 && skip_keyword(cursor, "elif"))) {
                if (is_if && ++script->depth >= IF_DEPTH_MAX)
                        return -E2BIG;
                if (is_if)
                        *++branch = (struct branch){ 0 };
                r = read_condition(cursor, script->environment);
                if (r == -ENOMEM)
                        return r;
                branch->counts = branch[-1].counts && !branch->taken && r != 0;
                branch->taken |= r == 1;
                return 1;
        }
        if (script->depth > 0 && skip_keyword(cursor, "else")) {
                branch->counts = branch[-1].counts && !branch->taken;
                return 1;
        }
        if (script->depth > 0 && skip_keyword(cursor, "fi")) {
                script->depth--;
                return 1;
        }
        return skip_keyword(cursor, "then");
}

/* Reads the statement at *cursor, which is left in front of the next. */
static int read_statement(const char **cursor, struct script *script) {
        CLEANUP(freep) char *value = NULL;
        const char *p = *cursor;
        size_t length;
        char *entry;
        int r;

        r = read_keyword(cursor, script);
        if (r != 0)
                return r;
        if (*p == '#') {
                *cursor = strchrnul(p, '\n');
                return 0;
        }
        if (strncmp(p, "export", 6) == 0 && p[6] && strchr(BLANKS, p[6]))
                p += 6 + strspn(p + 6, BLANKS);
        length = name_length(p);
        if (length == 0 || p[length] != '=') { /* a command */
                r = read_text(cursor, false, script->environment, &value);
                return r == -EINVAL ? 0 : r;
        }

        *cursor = p + length + 1;
        r = read_text(cursor, false, script->environment, &value);
        if (r == -EINVAL || (r == 0 && !script->branches[script->depth].counts))
                return 0;
        if (r < 0)
                return r;
        if (script->environment->count >= ASSIGNMENTS_MAX)
                return -E2BIG;
        trim_end(value);
        if (asprintf(&entry, "%.*s%s", (int)length + 1, p, value) < 0)
                return -ENOMEM;
        return string_list_take(script->environment, entry);
}

int environment_read(struct tree *tree, const char *path, struct string_list *environment) {
        struct script script = { .environment = environment, .branches = { { .counts = true } } };
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r;

        r = tree_read(tree, path, &content, &size);
        if (r < 0 && r != -ENOENT && r != -ENOMEM)
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
        if (r < 0)
                return r;

        for (const char *p = content; p += strspn(p, BLANKS "\n;&|"), *p;) {
                r = read_statement(&p, &script);
                if (r == -E2BIG) {
                        log_warning(path, 0, "Too much in it, ignoring the rest.");
                        return 0;
                }
                if (r < 0)
                        return r;
        }
        return 0;
}
