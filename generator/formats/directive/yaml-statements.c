/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/yaml-statements.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/directive/yaml-scalars.h"

#include <ctype.h>
#include <string.h>

/* Numbers in comments are sections of the specification of YAML 1.2.2. */

enum { DEPTH_MAX = 64 }; /* maps and lists in each other */

struct reader {
        struct yaml_text text;
        unsigned depth;
        struct yaml_statements *ret;
};

/* A key, and whether there has been a value. */
struct entry {
        char *key; /* NULL: there is none around the document */
        unsigned line;
        bool has_value;
};

static void entry_clear(struct entry *entry) {
        free(entry->key);
}

void yaml_statements_clear(struct yaml_statements *statements) {
        for (size_t i = 0; i < statements->count; i++)
                free((char *)statements->items[i].text);
        free(statements->items);
        *statements = (struct yaml_statements){ 0 };
}

/* @statement: its text is owned from now on; NULL is an error */
static int emit(struct reader *reader, struct statement statement) {
        struct yaml_statements *ret = reader->ret;

        if (!statement.text || array_make_room(ret->items, ret->count) < 0) {
                free((char *)statement.text);
                return -ENOMEM;
        }
        ret->items[ret->count++] = statement;
        return 0;
}

static int emit_value(struct reader *reader, struct entry *entry, const char *value,
                      unsigned line) {
        char *text;
        int r;

        if (!entry->key) /* no map: another language */
                return -EINVAL;
        if (asprintf(&text, "%s: %s", entry->key, value) < 0)
                return -ENOMEM;
        r = emit(reader,
                 (struct statement){
                         .text = text, .line = line, .end = '\n', .is_further = entry->has_value });
        entry->has_value = true;
        return r;
}

static int emit_brace(struct reader *reader, struct entry *entry, char brace) {
        if (!entry->key)
                return 0;
        entry->has_value = true;
        return emit(reader, (struct statement){ .text = strdup(brace == '{' ? entry->key : ""),
                                                .line = entry->line,
                                                .end = brace });
}

/* Of a key that has none: it may replace one. */
static int emit_nothing(struct reader *reader, struct entry *entry) {
        return entry->has_value ? 0 : emit_value(reader, entry, "", entry->line);
}

/* "---" and "...", 9.1.2 */
static bool is_document_marker(const struct reader *reader) {
        const char *p = reader->text.p;

        return yaml_column(&reader->text) == 0 &&
               (strncmp(p, "---", 3) == 0 || strncmp(p, "...", 3) == 0) && yaml_is_space(p[3]);
}

static bool is_at_end(const struct reader *reader) {
        return !*reader->text.p || is_document_marker(reader);
}

/* "- ", 8.2.1 */
static bool is_item(const struct reader *reader) {
        return *reader->text.p == '-' && yaml_is_space(reader->text.p[1]);
}

/* Makes a keyword of it: one word, without what has a meaning in the definition.
 * Return: 0; -EINVAL for "<<", which stands for the keys of another map. */
static int make_keyword(char *key) {
        if (strcmp(key, "<<") == 0)
                return -EINVAL;
        for (char *p = key; *p; p++)
                if (!isalnum((unsigned char)*p) && !strchr("_-.", *p))
                        *p = '_';
        return 0;
}

/* 6.9: "&NAME" gives the value a name, "!TAG" a type. A tag before a scalar stays, since the value
 * may be another one then: "!secret NAME". */
static void skip_properties(struct yaml_text *text) {
        for (;;) {
                struct yaml_text next = *text;
                bool is_standard = strncmp(next.p, "!!", 2) == 0;

                if (*next.p != '&' && *next.p != '!')
                        return;
                yaml_step(&next, strcspn(next.p, C_WHITESPACE ",[]{}"));
                yaml_skip_blanks(&next);
                if (*text->p == '!' && !is_standard && !strchr("[{", *next.p) &&
                    !yaml_line_ends(&next))
                        return;
                *text = next;
        }
}

static int read_flow(struct reader *reader, struct entry *entry);

/* A scalar that is no key, or a list or map. */
static int read_flow_value(struct reader *reader, struct entry *entry) {
        static const struct yaml_context CONTEXT = { .in_flow = true };
        CLEANUP(freep) char *value = NULL;
        unsigned line;
        bool is_key;
        int r;

        skip_properties(&reader->text);
        yaml_skip_space(&reader->text);
        line = reader->text.line;
        if (*reader->text.p && strchr("[{", *reader->text.p))
                return read_flow(reader, entry);
        if (*reader->text.p && strchr(",}]", *reader->text.p))
                return 0;
        r = yaml_scalar_read(&reader->text, &CONTEXT, &value, &is_key);
        return r < 0 ? r : emit_value(reader, entry, value, line);
}

static int read_flow_pair(struct reader *reader) {
        static const struct yaml_context CONTEXT = { .in_flow = true, .may_be_key = true };
        CLEANUP(entry_clear) struct entry entry = { .line = reader->text.line };
        bool is_key = false;
        int r;

        r = yaml_scalar_read(&reader->text, &CONTEXT, &entry.key, &is_key);
        if (r >= 0)
                r = make_keyword(entry.key);
        if (r >= 0 && is_key) {
                yaml_skip_space(&reader->text);
                r = read_flow_value(reader, &entry);
        }
        return r < 0 ? r : emit_nothing(reader, &entry);
}

/* 7.4, "[a, b]" and "{a: b}" */
static int read_flow(struct reader *reader, struct entry *entry) {
        bool is_map = *reader->text.p == '{';
        int r = 0;

        if (++reader->depth > DEPTH_MAX)
                return -EINVAL;
        yaml_step(&reader->text, 1);
        if (is_map)
                r = emit_brace(reader, entry, '{');
        while (r >= 0) {
                yaml_skip_space(&reader->text);
                if (*reader->text.p == (is_map ? '}' : ']'))
                        break;
                if (*reader->text.p == ',')
                        yaml_step(&reader->text, 1);
                else if (*reader->text.p == (is_map ? ']' : '}'))
                        r = -EINVAL;
                else
                        r = is_map ? read_flow_pair(reader) : read_flow_value(reader, entry);
        }
        if (r < 0)
                return r;
        reader->depth--;
        yaml_step(&reader->text, 1);
        return is_map ? emit_brace(reader, entry, '}') : 0;
}

static int read_node(struct reader *reader, struct entry *entry, long parent_column,
                     bool behind_key);

/* What is deeper than @column on the lines that follow, or nothing. */
static int read_below(struct reader *reader, struct entry *entry, long column) {
        yaml_skip_space(&reader->text);
        if (is_at_end(reader) || yaml_column(&reader->text) <= column)
                return 0;
        return read_node(reader, entry, column, false);
}

/* Behind the ':' of a key in @column. */
static int read_value(struct reader *reader, struct entry *entry, long column) {
        skip_properties(&reader->text);
        if (!yaml_line_ends(&reader->text))
                return read_node(reader, entry, column, true);
        yaml_skip_space(&reader->text);
        /* 8.2.1: the items of a list may be below their key. */
        return read_below(reader, entry, is_item(reader) ? column - 1 : column);
}

/* Finds the next key of a map. Return: 1; 0 at the end of the map; -EINVAL, -ENOMEM. */
static int next_key(struct reader *reader, long column, struct entry *ret) {
        const struct yaml_context context = { .may_be_key = true, .parent_column = column };
        bool is_key = false;
        int r;

        yaml_skip_space(&reader->text);
        if (is_at_end(reader) || yaml_column(&reader->text) < column)
                return 0;
        if (yaml_column(&reader->text) > column || is_item(reader) ||
            memchr(reader->text.line_start, '\t', (size_t)column))
                return -EINVAL;
        ret->line = reader->text.line;
        r = yaml_scalar_read(&reader->text, &context, &ret->key, &is_key);
        if (r < 0)
                return r;
        return is_key ? 1 : -EINVAL;
}

/* 8.2.2. @key: the first one, whose ':' was read */
static int read_map(struct reader *reader, struct entry *entry, long column, char *key,
                    unsigned line) {
        int r = emit_brace(reader, entry, '{'), more = 1;

        for (; r >= 0 && more > 0; key = NULL) {
                CLEANUP(entry_clear) struct entry pair = { .key = key, .line = line };

                if (!key) {
                        more = next_key(reader, column, &pair);
                        r = more;
                }
                if (r >= 0 && more > 0)
                        r = make_keyword(pair.key);
                if (r >= 0 && more > 0)
                        r = read_value(reader, &pair, column);
                if (r >= 0 && more > 0)
                        r = emit_nothing(reader, &pair);
        }
        free(key);
        return r < 0 ? r : emit_brace(reader, entry, '}');
}

/* 8.2.1 */
static int read_list(struct reader *reader, struct entry *entry, long column) {
        int r = 0;

        do {
                yaml_step(&reader->text, 1);
                if (yaml_line_ends(&reader->text))
                        r = read_below(reader, entry, column);
                else
                        r = read_node(reader, entry, column, false);
                yaml_skip_space(&reader->text);
        } while (r >= 0 && !is_at_end(reader) && yaml_column(&reader->text) == column &&
                 is_item(reader));
        return r >= 0 && !is_at_end(reader) && yaml_column(&reader->text) > column ? -EINVAL : r;
}

static int read_scalar_or_map(struct reader *reader, struct entry *entry, long parent_column,
                              bool may_be_key) {
        const struct yaml_context context = {
                .may_be_key = may_be_key,
                .parent_column = parent_column,
        };
        CLEANUP(freep) char *value = NULL;
        long column = yaml_column(&reader->text);
        /* 6.1: tabs indent nothing. */
        bool has_tab = memchr(reader->text.line_start, '\t', (size_t)column);
        unsigned line = reader->text.line;
        bool is_key = false;
        int r;

        r = yaml_scalar_read(&reader->text, &context, &value, &is_key);
        if (r < 0)
                return r;
        if (is_key && has_tab)
                return -EINVAL;
        if (is_key)
                return read_map(reader, entry, column, TAKE_POINTER(value), line);
        r = emit_value(reader, entry, value, line);
        return r >= 0 && !yaml_line_ends(&reader->text) ? -EINVAL : r;
}

/* @behind_key: on its line, where no block begins */
static int read_block(struct reader *reader, struct entry *entry, long parent_column,
                      bool behind_key) {
        char first = *reader->text.p;
        unsigned line = reader->text.line;
        int r;

        if (first == '[' || first == '{') {
                r = read_flow(reader, entry);
                return r >= 0 && !yaml_line_ends(&reader->text) ? -EINVAL : r;
        }
        if (first == '|' || first == '>') {
                CLEANUP(freep) char *value = NULL;

                r = yaml_block_scalar_read(&reader->text, parent_column, &value);
                return r < 0 ? r : emit_value(reader, entry, value, line);
        }
        if (is_item(reader))
                return behind_key ? -EINVAL : read_list(reader, entry, yaml_column(&reader->text));
        return read_scalar_or_map(reader, entry, parent_column, !behind_key);
}

static int read_node(struct reader *reader, struct entry *entry, long parent_column,
                     bool behind_key) {
        int r;

        skip_properties(&reader->text);
        if (yaml_line_ends(&reader->text))
                return read_below(reader, entry, parent_column);
        if (++reader->depth > DEPTH_MAX)
                return -EINVAL;
        r = read_block(reader, entry, parent_column, behind_key);
        reader->depth--;
        return r;
}

int yaml_statements_read(const char *content, const struct string_list *comments,
                         struct yaml_statements *ret) {
        struct reader reader = {
                .text = { .p = content,
                          .line_start = content,
                          .line = 1,
                          .c_comments = string_list_contains(comments, "//") },
                .ret = ret,
        };
        struct entry document = { 0 };
        int r = 0;

        if (strncmp(content, "\xef\xbb\xbf", 3) == 0) /* a byte order mark */
                reader.text.line_start = reader.text.p += 3;
        for (;;) {
                yaml_skip_space(&reader.text);
                if (r < 0 || !*reader.text.p)
                        return r;
                if (is_document_marker(&reader))
                        yaml_step(&reader.text, 3);
                else if (*reader.text.p == '%' && yaml_column(&reader.text) == 0) /* 6.8 */
                        yaml_step(&reader.text, strcspn(reader.text.p, "\n"));
                else
                        r = read_node(&reader, &document, -1, false);
        }
}
