/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/pdns/recursor-yaml.h"

#include "common/cleanup.h"
#include "common/whitespace.h"

#include <string.h>

/* pdns/recursordist/rec-rust-lib/table.py */
static const struct setting {
        const char *section;
        const char *key;
        const char *name; /* the old one; NULL: not read */
        bool is_list;
} SETTINGS[] = {
        { "incoming", "listen", "local-address", true },
        { "incoming", "non_local_bind", "non-local-bind", false },
        { "recursor", "include_dir", "include-dir", false },
        { "webservice", "address", "webserver-address", false },
        { "webservice", "listen", NULL, true },
        { "webservice", "webserver", "webserver", false },
};

struct reader {
        struct pdns_assignments *assignments;
        const char *path;
        unsigned line;
        unsigned joined;  /* lines that belong to this one */
        const char *text; /* the whole line, to be shown */
        const char *section;
        size_t indent;              /* of the keys in the section; 0: none yet */
        const struct setting *list; /* whose items may follow */
        bool replaces;              /* the next item is the first one of its setting */
        bool is_included;
};

static bool matters(const struct reader *reader) {
        for (size_t i = 0; i < sizeof(SETTINGS) / sizeof(SETTINGS[0]); i++)
                if (strcmp(SETTINGS[i].section, reader->section) == 0)
                        return true;
        return false;
}

static const struct setting *find_setting(const struct reader *reader, const char *key) {
        for (size_t i = 0; i < sizeof(SETTINGS) / sizeof(SETTINGS[0]); i++)
                if (strcmp(SETTINGS[i].section, reader->section) == 0 &&
                    strcmp(SETTINGS[i].key, key) == 0)
                        return &SETTINGS[i];
        return NULL;
}

static void strip_behind(char *text) {
        size_t length = strlen(text);

        while (length > 0 && strchr(LINE_WHITESPACE, text[length - 1]))
                text[--length] = '\0';
}

/* Return: the first of some bytes that is outside of quotes, or the end of the text. */
static char *find_outside(char *text, const char *bytes) {
        char quote = '\0', *p;

        for (p = text; *p; p++) {
                bool begins = p == text || strchr(LINE_WHITESPACE "[{,:", p[-1]);

                if (*p == quote)
                        quote = '\0';
                else if (!quote && begins && strchr("\"'", *p))
                        quote = *p;
                else if (!quote && strchr(bytes, *p))
                        break;
        }
        return p;
}

/* A '#' behind a blank. */
static void strip_comment(char *text) {
        char *p = find_outside(text, "#");

        while (*p && p != text && !strchr(LINE_WHITESPACE, p[-1]))
                p = find_outside(p + 1, "#");
        *p = '\0';
        strip_behind(text);
}

/* "&NAME" before a value gives it a name, and changes nothing. */
static char *skip_anchor(char *value) {
        value += strspn(value, LINE_WHITESPACE);
        if (*value == '&')
                value += strcspn(value, LINE_WHITESPACE);
        return value + strspn(value, LINE_WHITESPACE);
}

/* Return: the value of a scalar, in @text; NULL if it is none, or one with escapes. */
static char *parse_scalar(char *text) {
        size_t length;

        text = skip_anchor(text);
        strip_behind(text);
        length = strlen(text);
        if (!strchr("\"'", *text))
                return strchr("&*!|>{}[]%@`,?", *text) || strstr(text, ": ") ? NULL : text;
        if (length == 0)
                return text;
        if (length < 2 || text[length - 1] != *text || strchr(text, '\\'))
                return NULL;
        text[length - 1] = '\0';
        return strchr(text + 1, *text) ? NULL : text + 1;
}

static bool is_false(const char *value) {
        return strcasecmp(value, "false") == 0;
}

static int assign(struct reader *reader, const char *name, const char *sign, const char *value) {
        CLEANUP(freep) char *argument = NULL;

        if (asprintf(&argument, "%s%s%s", name, sign, value) < 0)
                return -ENOMEM;
        return pdns_assignments_add(reader->assignments, argument, reader->path, reader->line,
                                    reader->text);
}

static int add_item(struct reader *reader, char *text) {
        const char *value = parse_scalar(text);
        const char *sign = reader->replaces ? "=" : "+=";

        if (!value)
                return -EINVAL;
        reader->replaces = false;
        return assign(reader, reader->list->name, sign, value);
}

/* @text: "[a, b]" */
static int add_items(struct reader *reader, char *text) {
        size_t length = strlen(text);
        char *item;
        int r = 0;

        if (length < 2 || text[0] != '[' || text[length - 1] != ']')
                return -EINVAL;
        text[length - 1] = '\0';
        text++;
        if (!text[strspn(text, LINE_WHITESPACE)])
                return reader->replaces ? assign(reader, reader->list->name, "=", "") : 0;
        while (r >= 0 && (item = strsep(&text, ",")))
                if (item[strspn(item, LINE_WHITESPACE)]) /* no comma behind the last */
                        r = add_item(reader, item);
        return r;
}

static int begin_list(struct reader *reader, const struct setting *setting, char *value) {
        static const char OVERRIDE[] = "!override";
        bool overrides;

        value = skip_anchor(value);
        overrides = strncmp(value, OVERRIDE, strlen(OVERRIDE)) == 0;
        if (!setting->name)
                return -EINVAL;
        reader->list = setting;
        reader->replaces = overrides || !reader->is_included;
        if (overrides)
                value += strlen(OVERRIDE);
        value = skip_anchor(value);
        return *value ? add_items(reader, value) : 0;
}

static int set(struct reader *reader, const struct setting *setting, char *text) {
        const char *value = parse_scalar(text);

        if (!value)
                return -EINVAL;
        return assign(reader, setting->name, "=", is_false(value) ? "no" : value);
}

/* Cuts a line at the ':' behind its key, which may be in quotes. Return: the value; NULL if there
 * is no key. */
static char *cut_key(char **line) {
        char *key = *line, *colon = find_outside(key, ":");
        bool is_quoted = strchr("\"'", *key) && colon > key + 1 && colon[-1] == *key;

        if (*colon == '\0' || (colon[1] && !is_quoted && !strchr(LINE_WHITESPACE, colon[1])))
                return NULL;
        *colon = '\0';
        if (is_quoted) {
                colon[-1] = '\0';
                *line = key + 1;
        }
        return colon + 1 + strspn(colon + 1, LINE_WHITESPACE);
}

/* The settings of other keys, "<<: *NAME". */
static bool is_merge(const char *key) {
        return strcmp(key, "<<") == 0;
}

static int apply_key(struct reader *reader, const char *key, char *value) {
        const struct setting *setting = find_setting(reader, key);

        reader->list = NULL;
        if (!setting)
                return is_merge(key) && matters(reader) ? -EINVAL : 0;
        return setting->is_list ? begin_list(reader, setting, value) : set(reader, setting, value);
}

static void count_bracket(char byte, unsigned *depth) {
        if (byte == '[' || byte == '{')
                (*depth)++;
        else if (byte != ',' && *depth > 0)
                (*depth)--;
}

/* Cuts off the first "KEY: VALUE" of a list of them, with a comma between. Return: the rest. */
static char *cut_pair(char *text) {
        unsigned depth = 0;
        char *p;

        for (p = find_outside(text, ",[]{}"); *p; p = find_outside(p + 1, ",[]{}")) {
                if (*p == ',' && depth == 0)
                        break;
                count_bracket(*p, &depth);
        }
        if (!*p)
                return p;
        *p = '\0';
        return p + 1;
}

static int read_section(struct reader *reader, const char *key, char *value);

/* @text: "{KEY: VALUE, ...}", of the settings of the section or, without one, of sections */
static int read_map(struct reader *reader, char *text) {
        size_t length = strlen(text);
        int r = 0;

        if (length < 2 || text[0] != '{' || text[length - 1] != '}')
                return -EINVAL;
        text[length - 1] = '\0';
        text++;
        while (r >= 0 && *(text += strspn(text, LINE_WHITESPACE))) {
                char *pair = text, *value;

                text = cut_pair(pair);
                strip_behind(pair);
                value = cut_key(&pair);
                if (!value)
                        r = -EINVAL;
                else if (*reader->section)
                        r = apply_key(reader, pair, value);
                else if ((r = read_section(reader, pair, value)) >= 0)
                        reader->section = "";
        }
        return r;
}

static int read_section(struct reader *reader, const char *key, char *value) {
        reader->section = key;
        reader->indent = 0;
        reader->list = NULL;
        value = skip_anchor(value);
        return *value && matters(reader) ? read_map(reader, value) : 0;
}

static int read_key(struct reader *reader, size_t indent, char *line) {
        char *value = indent == 0 && *line == '{' ? NULL : cut_key(&line);

        if (indent == 0 && *line == '{') {
                reader->section = "";
                return read_map(reader, line);
        }
        if (!value || (indent > 0 && indent < reader->indent))
                return matters(reader) && indent <= reader->indent ? -EINVAL : 0;
        if (indent == 0)
                return read_section(reader, line, value);
        if (reader->indent == 0)
                reader->indent = indent;
        if (indent > reader->indent) /* below a key */
                return reader->list ? -EINVAL : 0;
        return apply_key(reader, line, value);
}

static void count_brackets(char *text, unsigned *depth) {
        for (char *p = find_outside(text, "[]{}"); *p; p = find_outside(p + 1, "[]{}"))
                count_bracket(*p, depth);
}

/* How many '[' and '{' of a value in these are open at the end of its line. */
static unsigned open_brackets(char *line) {
        unsigned depth = 0;
        char *p = line + strspn(line, "- ");

        if (!*p || !strchr("[{", *p)) {
                p = find_outside(p, ":");
                p = skip_anchor(p + (*p == ':'));
                if (*p == '!')
                        p = skip_anchor(p + strcspn(p, LINE_WHITESPACE));
        }
        if (!*p || !strchr("[{", *p))
                return 0;
        count_brackets(p, &depth);
        return depth;
}

/* A list or map in brackets may have several lines, which are one then. Each is looked at once, for
 * there may be many.
 * @rest: behind the line */
static void join_lines(struct reader *reader, char *line, char **rest) {
        unsigned depth;
        char *end;

        strip_comment(line);
        depth = open_brackets(line);
        end = line + strlen(line);
        while (*rest && depth > 0) {
                char *next = strsep(rest, "\n");

                reader->joined++;
                strip_comment(next);
                count_brackets(next, &depth);
                memset(end, ' ', (size_t)(next - end));
                end = next + strlen(next);
        }
}

static int read_line(struct reader *reader, char *line) {
        size_t indent = strspn(line, " ");

        line += indent;
        if (*line == '\t')
                return -EINVAL;
        if (*line == '\0' || strcmp(line, "---") == 0)
                return 0;
        if (*line != '-' || (line[1] && line[1] != ' '))
                return read_key(reader, indent, line);
        return reader->list && indent >= reader->indent ? add_item(reader, line + 1) : 0;
}

int recursor_yaml_read(struct pdns_assignments *assignments, const char *path, char *content,
                       bool is_included) {
        struct reader reader = {
                .assignments = assignments,
                .path = path,
                .section = "",
                .is_included = is_included,
        };
        char *line;
        int r = 0;

        while (r >= 0 && (line = strsep(&content, "\n"))) {
                CLEANUP(freep) char *text = strdup(line);

                if (!text)
                        return -ENOMEM;
                reader.line += 1 + reader.joined;
                reader.joined = 0;
                reader.text = text;
                join_lines(&reader, line, &content);
                r = read_line(&reader, line);
        }
        return r;
}
