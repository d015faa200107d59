/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/macro.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "formats/apache/words.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
        /* MAX_STRING_LEN of httpd.h: the size of mod_macro's buffer for a line of a body, in bytes,
         * NUL included. */
        BODY_LINE_SIZE = 8192,
        /* mod_macro has no limit. Each is searched for in each line of the body. */
        PARAMETERS_MAX = 100,
        /* So many searches of a line take as long as writing it once, and cost as much. */
        SEARCHES_PER_WRITE = 8,
        /* Bytes that each Use counts for besides its text: an empty macro takes time as well. */
        USE_COST = 512,
};

struct macro {
        struct string_list parameters;
        struct string_list body;
};

void macro_free(void *data) {
        struct macro *macro = data;

        if (!macro)
                return;
        string_list_clear(&macro->parameters);
        string_list_clear(&macro->body);
        free(macro);
}

static void macro_freep(struct macro **macro) {
        macro_free(*macro);
}

static char *lower_case(char *text) {
        for (char *p = text; *p; p++)
                *p = (char)tolower((unsigned char)*p);
        return text;
}

static int read_words(char *rest, struct string_list *ret) {
        int r = 0;

        for (rest = skip_blanks(rest); r >= 0 && *rest && ret->count <= PARAMETERS_MAX;)
                r = string_list_add(ret, next_word(&rest));
        return r;
}

/* Reads up to the </Macro> that belongs to this one. Return: 1, 0 if there is none, or -ENOMEM. */
static int read_body(struct lines *lines, struct string_list *ret) {
        unsigned depth = 1;
        int r;

        for (;;) {
                CLEANUP(freep) char *copy = NULL;
                char *rest, *word;

                r = lines_next(lines);
                if (r <= 0)
                        return r;
                if (lines->text[0] == '#')
                        continue;
                if (strlen(lines->text) >= BODY_LINE_SIZE - strlen("\n"))
                        return 0;

                copy = strdup(lines->text);
                if (!copy)
                        return -ENOMEM;
                rest = lines->text;
                word = next_word(&rest);
                if (strcasecmp(word, "<Macro") == 0)
                        depth++;
                else if (strcasecmp(word, "</Macro>") == 0 && --depth == 0)
                        return 1;
                r = string_list_take(ret, TAKE_POINTER(copy));
                if (r < 0)
                        return r;
        }
}

static bool are_parameters(const struct string_list *names) {
        for (size_t i = 0; i < names->count; i++) {
                if (names->items[i][0] == '\0')
                        return false;
                for (size_t j = 0; j < i; j++)
                        if (strcmp(names->items[i], names->items[j]) == 0)
                                return false;
        }
        return names->count <= PARAMETERS_MAX;
}

int macro_define(struct server *server, struct lines *lines, char *arguments) {
        CLEANUP(macro_freep) struct macro *macro = calloc(1, sizeof(*macro));
        char *bracket = strrchr(arguments, '>');
        const char *name;
        int r;

        if (!macro)
                return -ENOMEM;
        if (bracket)
                *bracket = '\0';
        name = lower_case(next_word(&arguments));
        r = read_words(arguments, &macro->parameters);
        if (r < 0)
                return r;
        r = read_body(lines, &macro->body);
        if (r < 0)
                return r;
        if (r == 0 || !bracket || name[0] == '\0' || !are_parameters(&macro->parameters)) {
                server_warn(server, "<Macro %s> is not understood, or not closed; ignored.", name);
                return 0;
        }
        return table_set(&server->macros, name, TAKE_POINTER(macro));
}

/* Finds the first parameter in @text; the longest of those at one place. Return: where, or NULL. */
static char *find_parameter(char *text, const struct string_list *parameters, size_t *ret_index) {
        char *first = NULL;
        size_t length = 0;

        for (size_t i = 0; i < parameters->count; i++) {
                char *candidate = strstr(text, parameters->items[i]);
                size_t candidate_length = strlen(parameters->items[i]);

                if (!candidate || (first && candidate > first) ||
                    (candidate == first && candidate_length <= length))
                        continue;
                first = candidate;
                length = candidate_length;
                *ret_index = i;
        }
        return first;
}

/* The replacement of a parameter: of @NAME the value in quotes, else the value. */
static int quote(const char *parameter, const char *value, char **ret) {
        char *to;

        if (parameter[0] != '@' || strcmp(parameter, value) == 0) {
                *ret = strdup(value);
                return *ret ? 0 : -ENOMEM;
        }
        *ret = to = malloc(2 * strlen(value) + 3);
        if (!to)
                return -ENOMEM;
        *to++ = '"';
        for (; *value; value++) {
                if (*value == '"' || *value == '\\')
                        *to++ = '\\';
                *to++ = *value;
        }
        *to++ = '"';
        *to = '\0';
        return 0;
}

/* Replaces the parameters of one line by @values. Return: 1; 0 if it gets too long. */
static int substitute(struct server *server, const struct macro *macro,
                      const struct string_list *values, char line[static BODY_LINE_SIZE]) {
        char *at = line;
        size_t i = 0;

        while (!server->stopped && (at = find_parameter(at, &macro->parameters, &i))) {
                const char *parameter = macro->parameters.items[i];
                CLEANUP(freep) char *value = NULL;
                size_t length, searches, tail = strlen(at) - strlen(parameter);
                int r;

                r = quote(parameter, values->items[i], &value);
                if (r < 0)
                        return r;
                length = strlen(value);
                if ((size_t)(at - line) + length + tail >= BODY_LINE_SIZE)
                        return 0;
                memmove(at + length, at + strlen(parameter), tail + 1);
                memcpy(at, value, length);
                /* Not @length: mod_macro searches the end of a quoted value again. */
                at += strlen(values->items[i]);
                searches = macro->parameters.count / SEARCHES_PER_WRITE;
                server_charge(server, (length + tail) * (1 + searches));
        }
        return 1;
}

/* Return: 1 with the text in @ret, 0 if a line gets too long, or -ENOMEM. */
static int expand(struct server *server, const struct macro *macro,
                  const struct string_list *values, char **ret) {
        CLEANUP(freep) char *text = NULL;
        CLEANUP(fclosep) FILE *out = NULL;
        char line[BODY_LINE_SIZE];
        size_t size;
        int r;

        out = open_memstream(&text, &size);
        if (!out)
                return -ENOMEM;
        server_charge(server, USE_COST);
        for (size_t i = 0; i < macro->body.count && !server->stopped; i++) {
                /* With the newline, as in mod_macro's buffer; no parameter contains one. */
                (void)snprintf(line, sizeof(line), "%s\n", macro->body.items[i]);
                r = substitute(server, macro, values, line);
                if (r <= 0)
                        return r;
                server_charge(server, strlen(line));
                (void)fputs(line, out);
        }
        if (memstream_close(TAKE_POINTER(out), &text) < 0)
                return -ENOMEM;
        *ret = TAKE_POINTER(text);
        return 1;
}

static const struct macro *find(const struct server *server, const char *name) {
        void *macro = NULL;

        (void)table_find(&server->macros, name, &macro);
        return macro;
}

int macro_use(struct server *server, struct lines *lines, char *arguments) {
        CLEANUP(string_list_clear) struct string_list values = { 0 };
        const char *name = lower_case(next_word(&arguments));
        const struct macro *macro = find(server, name);
        char *text;
        int r;

        if (!macro) {
                server_warn(server, "Use %s: no such macro; line ignored.", name);
                return 0;
        }
        if (lines_inside(lines, name)) {
                server_warn(server, "Use %s within that macro; line ignored.", name);
                return 0;
        }
        if (lines->depth >= MACRO_DEPTH_MAX) {
                server_stop(server, "macros use each other %d deep.", MACRO_DEPTH_MAX);
                return 0;
        }
        r = read_words(arguments, &values);
        if (r < 0)
                return r;
        if (values.count != macro->parameters.count) {
                server_warn(server, "Use %s: %zu arguments where it takes %zu; line ignored.", name,
                            values.count, macro->parameters.count);
                return 0;
        }
        r = expand(server, macro, &values, &text);
        if (r == 0)
                server_warn(server, "Use %s: a line of more than %d bytes; ignored.", name,
                            BODY_LINE_SIZE - 1);
        if (r <= 0)
                return r;
        return lines_insert(lines, name, text);
}

int macro_undefine(struct server *server, char *arguments) {
        char *name = lower_case(next_word(&arguments));

        if (*arguments || !find(server, name))
                server_warn(server, "UndefMacro %s: no such macro; line ignored.", name);
        else
                table_remove(&server->macros, name);
        return 0;
}
