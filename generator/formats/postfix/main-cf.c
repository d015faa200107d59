/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/postfix/main-cf.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/postfix/logical-lines.h"
#include "log.h"

#include <string.h>

/* "NAME = VALUE": split_nameval() in util/split_nameval.c. Return: whether it is one. */
static bool split(char *text, struct parameter *ret) {
        char *end = text + strcspn(text, C_WHITESPACE "=");
        char *equals = end + strspn(end, C_WHITESPACE);
        char *value;

        if (*equals != '=' || end == text)
                return false;
        *end = '\0';
        value = equals + 1 + strspn(equals + 1, C_WHITESPACE);
        for (char *last = value + strlen(value); last > value && strchr(C_WHITESPACE, last[-1]);)
                *--last = '\0';
        ret->name = text;
        ret->value = value;
        return true;
}

/* By name; of one name, in the order of the file. */
static int compare(const void *a, const void *b) {
        const struct parameter *x = a, *y = b;
        int r = strcmp(x->name, y->name);

        return r != 0 ? r : (x->line > y->line) - (x->line < y->line);
}

static int split_lines(struct main_cf *main_cf) {
        struct logical_lines lines;
        struct logical_line line;

        logical_lines_init(&lines, main_cf->content);
        while (logical_lines_next(&lines, &line)) {
                struct parameter parameter = { .line = line.line };

                if (!split(line.text, &parameter)) {
                        log_warning(main_cf->path, line.line, "No parameter and '=', ignoring: %s",
                                    line.text);
                        continue;
                }
                if (array_make_room(main_cf->parameters, main_cf->count) < 0)
                        return -ENOMEM;
                main_cf->parameters[main_cf->count++] = parameter;
        }
        if (main_cf->count > 0)
                qsort(main_cf->parameters, main_cf->count, sizeof(*main_cf->parameters), compare);
        return 1;
}

int main_cf_read(struct tree *tree, const char *directory, struct main_cf *ret) {
        size_t size;
        int r;

        *ret = (struct main_cf){ 0 };
        if (asprintf(&ret->path, "%s/main.cf", directory) < 0) {
                ret->path = NULL;
                return -ENOMEM;
        }
        r = tree_read(tree, ret->path, &ret->content, &size);
        if (r == -ENOMEM)
                return r;
        if (r < 0) {
                if (r != -ENOENT && r != -ENOTDIR)
                        log_warning(ret->path, 0, "Cannot read: %s", tree_strerror(r));
                return 0;
        }
        return split_lines(ret);
}

const struct parameter *main_cf_find(const struct main_cf *main_cf, const char *name) {
        size_t low = 0, high = main_cf->count;

        /* The first one behind those of the name: the last one counts. */
        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (strcmp(main_cf->parameters[middle].name, name) <= 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        if (low == 0 || strcmp(main_cf->parameters[low - 1].name, name) != 0)
                return NULL;
        return &main_cf->parameters[low - 1];
}

void main_cf_clear(struct main_cf *main_cf) {
        free(main_cf->path);
        free(main_cf->content);
        free(main_cf->parameters);
        *main_cf = (struct main_cf){ 0 };
}
