/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/blocks.h"

#include "common/array.h"
#include "common/whitespace.h"
#include "formats/directive/statements.h"
#include "formats/directive/values.h"

#include <string.h>

/* More than any daemon's configuration has. A file of nothing but '{' or "[A]" must not cost more.
 */
enum {
        DEPTH_MAX = 100,     /* open blocks; beyond it the outermost is forgotten */
        SECTIONS_MAX = 1000, /* names of sections; those beyond it count as one section */
};

void blocks_clear(struct blocks *blocks) {
        string_list_clear(&blocks->names);
        string_list_clear(&blocks->sections);
        free(blocks->numbers);
        *blocks = (struct blocks){ 0 };
}

/* @name: owned from now on */
static int enter(struct blocks *blocks, char *name, size_t number) {
        struct string_list *names = &blocks->names;

        if (names->count == DEPTH_MAX) {
                free(names->items[0]);
                names->count--;
                memmove(&names->items[0], &names->items[1], names->count * sizeof(char *));
                memmove(&blocks->numbers[0], &blocks->numbers[1], names->count * sizeof(size_t));
        }
        if (array_make_room(blocks->numbers, names->count) < 0) {
                free(name);
                return -ENOMEM;
        }
        blocks->numbers[names->count] = number;
        return string_list_take(names, name);
}

/* Blocks have even numbers, sections odd ones; outside of all it is 0. */
int blocks_open(struct blocks *blocks, const char *text) {
        text += strspn(text, LINE_WHITESPACE);
        return enter(blocks, strndup(text, strcspn(text, LINE_WHITESPACE "=:")),
                     2 * ++blocks->opened);
}

void blocks_close(struct blocks *blocks) {
        if (blocks->names.count > 0)
                free(blocks->names.items[--blocks->names.count]);
}

static int section_number(struct blocks *blocks, const char *name, size_t *ret) {
        struct string_list *sections = &blocks->sections;

        for (size_t i = 0; i < sections->count; i++)
                if (strcasecmp(sections->items[i], name) == 0) {
                        *ret = 2 * i + 1;
                        return 0;
                }
        *ret = 2 * sections->count + 1;
        return sections->count == SECTIONS_MAX ? 0 : string_list_add(sections, name);
}

/* "[ADDR]" is a statement of a table. */
static bool is_address(const char *name, size_t length) {
        struct pattern pattern;

        return value_parse(name, length, false, &pattern) == 0;
}

int blocks_read_section(struct blocks *blocks, const char *text) {
        size_t length, number;
        char *name;
        int r;

        text += strspn(text, LINE_WHITESPACE);
        length = strcspn(text, "]");
        if (text[0] != '[' || text[length] != ']' ||
            text[length + 1 + strspn(text + length + 1, LINE_WHITESPACE)] ||
            is_address(text + 1, length - 1))
                return 0;

        string_list_clear(&blocks->names); /* sections do not nest */
        name = strndup(text + 1, length - 1);
        if (!name)
                return -ENOMEM;
        r = section_number(blocks, name, &number);
        if (r < 0) {
                free(name);
                return r;
        }
        r = enter(blocks, name, number);
        return r < 0 ? r : 1;
}

static bool match(const struct blocks *blocks, const char *path) {
        const char *end = strrchr(path, '/');

        if (path[0] == '/')
                return blocks->names.count == 0;
        for (size_t i = blocks->names.count; end; i--) {
                const char *start = memrchr(path, '/', (size_t)(end - path));
                size_t length;

                start = start ? start + 1 : path;
                length = (size_t)(end - start);
                if (i == 0 || strlen(blocks->names.items[i - 1]) != length ||
                    strncasecmp(blocks->names.items[i - 1], start, length) != 0)
                        return false;
                end = start > path ? start - 1 : NULL;
        }
        return true;
}

const char *blocks_find_values(const struct blocks *blocks, const char *path, const char *text) {
        const char *slash = strrchr(path, '/');
        const char *values = statement_values(text, slash ? slash + 1 : path);

        return values && match(blocks, path) ? values : NULL;
}

size_t blocks_number(const struct blocks *blocks) {
        return blocks->names.count > 0 ? blocks->numbers[blocks->names.count - 1] : 0;
}
