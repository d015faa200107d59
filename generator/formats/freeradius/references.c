/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/freeradius/references.h"

#include "common/cleanup.h"
#include "formats/shell/environment.h"

#include <string.h>
#include <sys/types.h>

/* Enough for the settings outside of modules; looking one up takes as long as there are names. */
enum { VARIABLES_MAX = 2000 };

const char *freeradius_variables_find(const struct freeradius_variables *variables,
                                      const char *name) {
        for (size_t i = 0; i < variables->names.count; i++)
                if (strcmp(variables->names.items[i], name) == 0)
                        return variables->values.items[i];
        return NULL;
}

int freeradius_variables_add(struct freeradius_variables *variables, const char *name,
                             const char *value) {
        int r;

        if (variables->names.count == VARIABLES_MAX || strlen(value) > FREERADIUS_VALUE_MAX)
                return 0;
        r = string_list_add(&variables->names, name);
        return r < 0 ? r : string_list_add(&variables->values, value);
}

/* Joins the first @count sections and a name with dots. Return: NULL if out of memory. */
static char *join(const struct string_list *sections, size_t count, const char *name) {
        CLEANUP(freep) char *joined = strdup("");

        for (size_t i = 0; joined && i <= count; i++) {
                const char *part = i < count ? sections->items[i] : name;
                char *longer = NULL;

                if (asprintf(&longer, "%s%s%s", joined, i > 0 ? "." : "", part) < 0)
                        return NULL;
                free(joined);
                joined = longer;
        }
        return TAKE_POINTER(joined);
}

int freeradius_variables_path(const struct string_list *sections, const char *name, char **ret) {
        *ret = join(sections, sections->count, name);
        return *ret ? 0 : -ENOMEM;
}

/* Return: 1 with the value in @ret, borrowed; 0 if there is none; -ENOMEM. */
static int look_up(const struct freeradius_variables *variables, const struct string_list *sections,
                   const char *name, const char **ret) {
        bool is_relative = name[0] == '.';
        size_t count = sections->count;

        for (name += is_relative; *name == '.'; name++)
                count -= count > 0;
        for (;;) {
                CLEANUP(freep) char *path = join(sections, count, name);

                if (!path)
                        return -ENOMEM;
                *ret = freeradius_variables_find(variables, path);
                if (*ret || count == 0 || is_relative)
                        return *ret != NULL;
                count--;
        }
}

/* A value that is being written, NUL-terminated. */
struct buffer {
        char text[FREERADIUS_VALUE_MAX + 1];
        size_t length;
};

static int append(struct buffer *buffer, const char *text, size_t length) {
        if (length > FREERADIUS_VALUE_MAX - buffer->length)
                return -ENOENT;
        memcpy(buffer->text + buffer->length, text, length);
        buffer->length += length;
        buffer->text[buffer->length] = '\0';
        return 0;
}

/* @p: at the '$'. Return: how many bytes of it were read, or negative errno. */
static ssize_t append_value(const struct freeradius_variables *variables,
                            const struct string_list *sections,
                            const struct string_list *environment, const char *p,
                            struct buffer *buffer) {
        const char *start = strchr(p, '{') + 1;
        const char *end = strchr(start, '}');
        CLEANUP(freep) char *name = NULL;
        const char *value = NULL;
        int r = 0;

        if (!end)
                return -ENOENT;
        name = strndup(start, (size_t)(end - start));
        if (!name)
                return -ENOMEM;
        if (p[1] == 'E')
                value = environment ? environment_get(environment, name) : NULL;
        else
                r = look_up(variables, sections, name, &value);
        if (r < 0)
                return r;
        r = value ? append(buffer, value, strlen(value)) : -ENOENT;
        return r < 0 ? r : end + 1 - p;
}

int freeradius_variables_expand(const struct freeradius_variables *variables,
                                const struct string_list *sections,
                                const struct string_list *environment, const char *value,
                                char **ret) {
        CLEANUP(freep) struct buffer *buffer = calloc(1, sizeof(*buffer));
        ssize_t length;

        if (!buffer)
                return -ENOMEM;
        for (const char *p = value; *p; p += length) {
                if (strncmp(p, "${", 2) == 0 || strncmp(p, "$ENV{", 5) == 0)
                        length = append_value(variables, sections, environment, p, buffer);
                else
                        length = append(buffer, p, 1) < 0 ? -ENOENT : 1;
                if (length < 0)
                        return (int)length;
        }
        *ret = strdup(buffer->text);
        return *ret ? 0 : -ENOMEM;
}

void freeradius_variables_clear(struct freeradius_variables *variables) {
        string_list_clear(&variables->names);
        string_list_clear(&variables->values);
}
