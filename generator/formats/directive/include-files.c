/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/include-files.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/whitespace.h"
#include "log.h"

#include <string.h>

int inclusions_take(struct inclusions *inclusions, const char *keyword, char *text) {
        CLEANUP(freep) char *owned = text;

        if (!owned || array_make_room(inclusions->items, inclusions->count) < 0)
                return -ENOMEM;
        inclusions->items[inclusions->count++] = (struct inclusion){ keyword, TAKE_POINTER(owned) };
        return 0;
}

void inclusions_clear(struct inclusions *inclusions) {
        for (size_t i = 0; i < inclusions->count; i++)
                free(inclusions->items[i].text);
        free(inclusions->items);
        *inclusions = (struct inclusions){ 0 };
}

/* Makes the path of @length bytes at @name absolute. Return: NULL if out of memory. */
static char *resolve(const struct directive_language *language, const char *config,
                     const char *from, const char *name, size_t length) {
        const char *base = language->include_base;
        const char *beside = base && strcmp(base, "file") == 0 ? from : config;
        int directory_length = (int)(strrchr(beside, '/') - beside);
        char *path = NULL;
        int r;

        if (name[0] == '/')
                return strndup(name, length);
        if (base && base[0] == '/')
                r = asprintf(&path, "%s/%.*s", base, (int)length, name);
        else
                r = asprintf(&path, "%.*s/%.*s", directory_length, beside, (int)length, name);
        return r < 0 ? NULL : path;
}

int include_pattern(const struct directive_language *language, const char *config, const char *from,
                    const char *values, char **ret) {
        const char *end_marks = LINE_WHITESPACE ",";
        size_t length;

        if (*values == '"' || *values == '\'')
                end_marks = *values++ == '"' ? "\"" : "'";
        length = strcspn(values, end_marks);
        *ret = NULL;
        if (length == 0)
                return 0;
        *ret = resolve(language, config, from, values, length);
        return *ret ? 0 : -ENOMEM;
}

/* @item:    "SUFFIX", or "KEYWORD=SUFFIX". Return: the suffix; NULL if it is for another keyword.
 */
static const char *suffix_for(const char *item, const char *keyword) {
        const char *sign = strrchr(item, '=');
        size_t length;

        if (!sign)
                return item;
        length = (size_t)(sign - item);
        return keyword && strlen(keyword) == length && strncasecmp(item, keyword, length) == 0
                       ? sign + 1
                       : NULL;
}

static bool is_included(const struct directive_language *language, const char *keyword,
                        const char *name) {
        const struct string_list *suffixes = &language->include_suffixes;
        size_t length = strlen(name), count = 0;

        if (name[0] == '.' && !language->includes_hidden)
                return false;
        for (size_t i = 0; i < suffixes->count; i++) {
                const char *suffix = suffix_for(suffixes->items[i], keyword);
                size_t suffix_length = suffix ? strlen(suffix) : 0;

                count += suffix != NULL;
                if (suffix && length >= suffix_length &&
                    strcmp(name + length - suffix_length, suffix) == 0)
                        return true;
        }
        return count == 0;
}

/* Whether a name in a directory is to be read. */
static bool is_read(struct tree *tree, const struct directive_language *language,
                    const char *keyword, const char *name, const char *path) {
        bool is_file = is_included(language, keyword, name);
        struct stat st;

        if (!is_file && !language->includes_subdirectories)
                return false;
        if (tree_stat(tree, path, &st) < 0)
                return false;
        return S_ISDIR(st.st_mode) ? language->includes_subdirectories : is_file;
}

int include_directory(struct tree *tree, const struct directive_language *language,
                      const char *keyword, const char *path, struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
        int r;

        r = tree_list(tree, path, &names);
        if (r < 0) {
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
                return r == -ENOMEM ? r : 0;
        }
        for (size_t i = 0; i < names.count; i++) {
                CLEANUP(freep) char *file = NULL;

                if (asprintf(&file, "%s%s%s", path, slash, names.items[i]) < 0)
                        return -ENOMEM;
                if (is_read(tree, language, keyword, names.items[i], file) &&
                    string_list_take(ret, TAKE_POINTER(file)) < 0)
                        return -ENOMEM;
        }
        return 0;
}
