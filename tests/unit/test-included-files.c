/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/included-files.h"

#include "common/cleanup.h"
#include "input/private-files.h"
#include "log-fixture.h"
#include "tree-fixture.h"

/* Notes the names of the files, and reads the one that a file names. */
static int note(struct included_files *files, const char *path, char *content) {
        char *names = files->data;

        strcat(strcat(names, path), " ");
        return *content ? included_files_read(files, content, NULL) : 0;
}

static char names[1024];
static struct tree_fixture fixture;
static struct included_files files;

static int setup(void **state) {
        (void)state;
        tree_fixture_open(&fixture);
        names[0] = '\0';
        files = (struct included_files){ .tree = &fixture.tree, .read = note, .data = names };
        return 0;
}

static int teardown(void **state) {
        (void)state;
        tree_fixture_close(&fixture);
        return 0;
}

static void test_read(void **state) {
        bool exists;

        (void)state;
        tree_fixture_write(&fixture, "/a", "/b");
        tree_fixture_write(&fixture, "/b", "");
        assert_int_equal(included_files_read(&files, "/a", &exists), 0);
        assert_true(exists);
        assert_int_equal(included_files_read(&files, "/c", &exists), 0);
        assert_false(exists);
        assert_int_equal(included_files_read(&files, "/", NULL), -EISDIR);
        assert_string_equal(names, "/a /b ");
}

static void test_depth(void **state) {
        char path[] = "/a", next[] = "/b";
        size_t length;

        (void)state;
        for (; path[1] < 'z'; path[1]++, next[1]++)
                tree_fixture_write(&fixture, path, next);
        log_fixture_begin();
        assert_int_equal(included_files_read(&files, "/a", NULL), 0);
        log_fixture_end("/q: Includes nest deeper than 16, ignoring the rest.\n");
        length = strlen(names);
        assert_int_equal(length, strlen("/a ") * INCLUDED_FILES_DEPTH_MAX);
        assert_true(files.stopped);
        assert_int_equal(files.depth, 0);
        assert_int_equal(included_files_read(&files, "/a", NULL), 0);
        assert_int_equal(strlen(names), length);
}

/* What is behind the statement that includes it again is read. */
static void test_inclusion_of_itself(void **state) {
        (void)state;
        tree_fixture_write(&fixture, "/a", "/b");
        tree_fixture_write(&fixture, "/b", "/a");
        log_fixture_begin();
        assert_int_equal(included_files_read(&files, "/a", NULL), 0);
        log_fixture_end("/a: This file includes itself, ignoring that.\n");
        assert_string_equal(names, "/a /b ");
        assert_false(files.stopped);
        log_fixture_begin();
        assert_int_equal(included_files_read(&files, "/b", NULL), 0);
        log_fixture_end("");
        assert_string_equal(names, "/a /b /b /a ");
}

static void test_pattern(void **state) {
        (void)state;
        tree_fixture_write(&fixture, "/d/b", "");
        tree_fixture_write(&fixture, "/d/a", "");
        tree_fixture_write(&fixture, "/d/c/x", "");
        assert_int_equal(included_files_read_pattern(&files, "/f", 1, "/d/*"), 0);
        assert_string_equal(names, "/d/a /d/b ");
        log_fixture_begin();
        assert_int_equal(included_files_read_pattern(&files, "/f", 2, "/missing/*"), 0);
        assert_int_equal(included_files_read_pattern(&files, "/f", 3, "/missing"), 0);
        log_fixture_end("/f:3: Cannot include '/missing': No such file or directory\n");
}

static void test_resolve(void **state) {
        static const char *const CASES[][3] = {
                { "/etc/a", "b", "/etc/b" },
                { "/etc/a", "/b", "/b" },
                { "/a", "b/c", "/b/c" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *path = included_files_resolve(CASES[i][0], CASES[i][1]);

                assert_string_equal(path, CASES[i][2]);
        }
}

/* The first one is kept for the plan, but not what a private file says. */
static void test_missing_file(void **state) {
        struct missing_file *missing = &fixture.tree.missing;
        CLEANUP(freep) char *text = NULL;

        (void)state;
        private_files_begin("a.service");
        log_fixture_begin();
        assert_int_equal(included_files_read_one(&files, "/f", 3, "/missing"), 0);
        assert_int_equal(included_files_read_one(&files, "/f", 4, "/other"), 0);
        log_fixture_end("/f:3: Cannot include '/missing': No such file or directory\n"
                        "/f:4: Cannot include '/other': No such file or directory\n");
        assert_int_equal(missing_file_pop(missing, &text), 0);
        assert_string_equal(text, "/f:3 includes /missing, which does not exist");
        freep(&text);
        assert_int_equal(missing_file_pop(missing, &text), 0);
        assert_null(text);

        assert_int_equal(private_files_add("/f"), 0);
        missing_file_record(missing, "/f", 3, "/secret");
        assert_int_equal(missing_file_pop(missing, &text), 0);
        assert_null(text);
        private_files_end();
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_read),    TEST(test_depth),   TEST(test_inclusion_of_itself),
                TEST(test_pattern), TEST(test_resolve), TEST(test_missing_file),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
