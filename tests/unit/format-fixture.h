/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A directory tree of a test's own, and what a format finds in it
 */

#include "formats/address-list.h"
#include "formats/format.h"
#include "tree-fixture.h"

struct fixture {
        struct tree_fixture files;
        struct string_list config;
        struct string_list environment_files;
};

static inline int fixture_setup(void **state) {
        struct fixture *fixture = calloc(1, sizeof(*fixture));

        assert_non_null(fixture);
        tree_fixture_open(&fixture->files);
        *state = fixture;
        return 0;
}

static inline int fixture_teardown(void **state) {
        struct fixture *fixture = *state;

        string_list_clear(&fixture->config);
        string_list_clear(&fixture->environment_files);
        tree_fixture_close(&fixture->files);
        free(fixture);
        return 0;
}

/* Writes a file, and makes the directories above it. */
static inline void fixture_write(const struct fixture *fixture, const char *path,
                                 const char *content) {
        tree_fixture_write(&fixture->files, path, content);
}

/* Fills a list with the strings up to NULL; clears it first. */
static inline const struct string_list *fixture_list(struct string_list *list, ...) {
        const char *item;
        va_list items;

        string_list_clear(list);
        va_start(items, list);
        while ((item = va_arg(items, const char *)))
                assert_int_equal(string_list_add(list, item), 0);
        va_end(items);
        return list;
}

/* The patterns that are left for the helper, with a blank between; valid until the next call. */
static inline const char *fixture_read(struct fixture *fixture, format_read_fn *read,
                                       const struct source *source) {
        CLEANUP(address_list_clear) struct address_list list = { 0 };
        const struct address_list ignore = { 0 };
        static char text[4096];
        char buffer[PATTERN_STRING_SIZE];

        tree_reset_budget(&fixture->files.tree);
        assert_int_equal(read(&fixture->files.tree, source, &list), 0);
        assert_int_equal(address_list_reduce(&list, &ignore), 0);
        text[0] = '\0';
        for (size_t i = 0; i < list.count; i++) {
                assert_true(strlen(text) + sizeof(buffer) + 1 < sizeof(text));
                strcat(text, i > 0 ? " " : "");
                strcat(text, pattern_format(&list.items[i].pattern, buffer));
        }
        return text;
}
