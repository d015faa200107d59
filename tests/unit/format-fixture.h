/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A directory tree of a test's own, and what a format finds in it
 */

#include "formats/address-list.h"
#include "formats/format.h"
#include "input/private-files.h"
#include "tree-fixture.h"

struct fixture {
        struct tree_fixture files;
        struct string_list config;
        struct string_list environment_files;
        struct string_list arguments;
        unsigned families;  /* of the addresses that count; 0: IPv6, as by default */
        char unknown[1024]; /* of fixture_read(): "FILE:LINE:TEXT" without folders, and blanks */
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
        string_list_clear(&fixture->arguments);
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

static inline void fixture_keep_unknown(struct fixture *fixture, const struct address_list *list) {
        size_t length = 0;

        fixture->unknown[0] = '\0';
        for (size_t i = 0; i < list->unknown_count; i++) {
                const struct unknown_address *unknown = &list->unknown[i];
                size_t left = sizeof(fixture->unknown) - length;
                int r = snprintf(fixture->unknown + length, left, "%s%s:%u:%s", i > 0 ? " " : "",
                                 strrchr(unknown->file, '/') + 1, unknown->line, unknown->text);

                assert_true(r > 0 && (size_t)r < left);
                length += (size_t)r;
        }
}

/* The patterns that are left for the helper, with a blank between; valid until the next call. */
static inline const char *fixture_read(struct fixture *fixture, format_read_fn *read,
                                       const struct source *source) {
        CLEANUP(address_list_clear)
        struct address_list list = {
                .left_out = ~(fixture->families ? fixture->families : (unsigned)ADDRESS_IPV6),
        };
        const struct address_list ignore = { 0 };
        static char text[4096];
        char buffer[PATTERN_STRING_SIZE];

        tree_reset_budget(&fixture->files.tree);
        assert_int_equal(read(&fixture->files.tree, source, &list), 0);
        fixture_keep_unknown(fixture, &list);
        assert_int_equal(address_list_reduce(&list, &ignore), 0);
        text[0] = '\0';
        for (size_t i = 0; i < list.count; i++) {
                assert_true(strlen(text) + sizeof(buffer) + 1 < sizeof(text));
                strcat(text, i > 0 ? " " : "");
                strcat(text, pattern_format(&list.items[i].pattern, buffer));
        }
        return text;
}

/* From now on the test is about IPv4. */
static inline void fixture_choose_ipv4(struct fixture *fixture) {
        fixture->families = ADDRESS_IPV4;
}

/* The same for a service that has one file. What is unknown is in fixture->unknown. */
static inline const char *fixture_find(struct fixture *fixture, format_read_fn *read,
                                       const char *path, const char *content) {
        const struct source source = { .config = fixture_list(&fixture->config, path, NULL) };

        fixture_write(fixture, path, content);
        return fixture_read(fixture, read, &source);
}

/* What may be shown of the lines of a file that only root reads, each with a '|' behind. */
static inline const char *fixture_shown(struct fixture *fixture, format_read_fn *read,
                                        const char *path, const char *content) {
        CLEANUP(address_list_clear) struct address_list list = { .left_out = ADDRESS_IPV4 };
        const struct source source = { .config = fixture_list(&fixture->config, path, NULL) };
        CLEANUP(freep) char *full = tree_fixture_path(&fixture->files, path);
        static char text[1024];

        fixture_write(fixture, path, content);
        assert_int_equal(chmod(full, 0600), 0);
        private_files_begin("a.service");
        tree_reset_budget(&fixture->files.tree);
        assert_int_equal(read(&fixture->files.tree, &source, &list), 0);
        text[0] = '\0';
        for (size_t i = 0; i < list.count; i++) {
                assert_true(strlen(text) + strlen(list.items[i].text) + 2 < sizeof(text));
                strcat(strcat(text, list.items[i].text), "|");
        }
        private_files_end();
        return text;
}
