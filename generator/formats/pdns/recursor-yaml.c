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

/* A '#' behind a blank, outside of quotes. */
static void strip_comment(char *text) {
        char quote = '\0';

        for (char *p = text; *p; p++) {
                bool begins = p == text || strchr(LINE_WHITESPACE "[,", p[-1]);

                if (*p == quote) {
                        quote = '\0';
                } else if (!quote && begins && strchr("\"'", *p)) {
                        quote = *p;
                } else if (!quote && *p == '#' && (p == text || strchr(LINE_WHITESPACE, p[-1]))) {
                        *p = '\0';
                        break;
                }
        }
        strip_behind(text);
}

/* Return: the value of a scalar, in @text; NULL if it is none, or one with escapes. */
static char *parse_scalar(char *text) {
        size_t length;

        text += strspn(text, LINE_WHITESPACE);
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
                r = add_item(reader, item);
        return r;
}

static int begin_list(struct reader *reader, const struct setting *setting, char *value) {
        static const char OVERRIDE[] = "!override";
        bool overrides = strncmp(value, OVERRIDE, strlen(OVERRIDE)) == 0;

        if (!setting->name)
                return -EINVAL;
        reader->list = setting;
        reader->replaces = overrides || !reader->is_included;
        if (overrides)
                value += strlen(OVERRIDE);
        value += strspn(value, LINE_WHITESPACE);
        return *value ? add_items(reader, value) : 0;
}

static int set(struct reader *reader, const struct setting *setting, char *text) {
        const char *value = parse_scalar(text);

        if (!value)
                return -EINVAL;
        return assign(reader, setting->name, "=", is_false(value) ? "no" : value);
}

/* Cuts a line at the ':' behind its key. Return: the value; NULL if there is no key. */
static char *cut_key(char *line) {
        char *colon = line + strcspn(line, ":");

        if (*colon == '\0' || (colon[1] && !strchr(LINE_WHITESPACE, colon[1])))
                return NULL;
        *colon = '\0';
        return colon + 1 + strspn(colon + 1, LINE_WHITESPACE);
}

static int read_section(struct reader *reader, const char *key, const char *value) {
        reader->section = key;
        reader->indent = 0;
        reader->list = NULL;
        return *value && strcmp(value, "{}") != 0 && matters(reader) ? -EINVAL : 0;
}

static int read_key(struct reader *reader, size_t indent, char *line) {
        const struct setting *setting;
        char *value = cut_key(line);

        if (!value || (indent > 0 && indent < reader->indent))
                return matters(reader) && indent <= reader->indent ? -EINVAL : 0;
        if (indent == 0)
                return read_section(reader, line, value);
        if (reader->indent == 0)
                reader->indent = indent;
        if (indent > reader->indent) /* below a key */
                return reader->list ? -EINVAL : 0;
        reader->list = NULL;
        setting = find_setting(reader, line);
        if (!setting)
                return 0;
        return setting->is_list ? begin_list(reader, setting, value) : set(reader, setting, value);
}

static int read_line(struct reader *reader, char *line) {
        size_t indent = strspn(line, " ");

        line += indent;
        if (*line == '\t')
                return -EINVAL;
        strip_comment(line);
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
                reader.line++;
                reader.text = text;
                r = read_line(&reader, line);
        }
        return r;
}
