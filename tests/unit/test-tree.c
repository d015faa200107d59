/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "input/tree-glob.h"
#include "temporary-directory.h"
#include "unit.h"

#include <fcntl.h>
#include <string.h>

/* A directory of its own for each test, with a "root" in it and a secret beside it. */
struct fixture {
        char directory[sizeof(TEMPORARY_DIRECTORY)];
        struct tree tree;
};

static void put(const char *directory, const char *path, const char *text) {
        CLEANUP(freep) char *full = NULL;
        CLEANUP(fclosep) FILE *file = NULL;

        assert_true(asprintf(&full, "%s/%s", directory, path) > 0);
        file = fopen(full, "we");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
}

static void make(int (*how)(const char *path, mode_t mode), const char *directory,
                 const char *path) {
        CLEANUP(freep) char *full = NULL;

        assert_true(asprintf(&full, "%s/%s", directory, path) > 0);
        assert_int_equal(how(full, 0755), 0);
}

static void make_link(const char *target, const char *directory, const char *path) {
        CLEANUP(freep) char *full = NULL;

        assert_true(asprintf(&full, "%s/%s", directory, path) > 0);
        assert_int_equal(symlink(target, full), 0);
}

static int set_up(void **state) {
        static struct fixture fixture;
        CLEANUP(freep) char *root = NULL;

        fixture = (struct fixture){ .tree = TREE_NULL };
        temporary_directory_make(fixture.directory);
        make(mkdir, fixture.directory, "root");
        put(fixture.directory, "secret", "secret");
        assert_true(asprintf(&root, "%s/root", fixture.directory) > 0);
        assert_int_equal(tree_open(&fixture.tree, root), 0);
        *state = &fixture;
        return 0;
}

static int tear_down(void **state) {
        struct fixture *fixture = *state;

        tree_close(&fixture->tree);
        temporary_directory_remove(fixture->directory);
        return 0;
}

static int read_error(struct fixture *fixture, const char *path) {
        CLEANUP(freep) char *text = NULL;
        size_t size;

        return tree_read(&fixture->tree, path, &text, &size);
}

static void test_read(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(freep) char *text = NULL;
        size_t size;

        put(fixture->directory, "root/file", "one\ntwo");
        assert_int_equal(tree_read(&fixture->tree, "/file", &text, &size), 0);
        assert_int_equal(size, 7);
        assert_string_equal(text, "one\ntwo");
        assert_int_equal(read_error(fixture, "/missing"), -ENOENT);
        assert_int_equal(read_error(fixture, "file"), -EINVAL);
        assert_int_equal(read_error(fixture, "/"), -EISDIR);
}

static void test_only_regular_files(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(tree_close) struct tree machine = TREE_NULL;
        CLEANUP(freep) char *text = NULL;
        size_t size;

        make(mkfifo, fixture->directory, "root/fifo");
        make_link("loop", fixture->directory, "root/loop");
        assert_int_equal(read_error(fixture, "/fifo"), -ENOTSUP);
        assert_int_equal(read_error(fixture, "/loop"), -ELOOP);

        assert_int_equal(tree_open(&machine, "/"), 0);
        assert_int_equal(tree_read(&machine, "/dev/zero", &text, &size), -ENOTSUP);
        assert_int_equal(tree_read(&machine, "/proc/version", &text, &size), -ENOTSUP);
}

static void test_links_stay_inside(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(freep) char *text = NULL, *target = NULL;
        size_t size;

        make_link("../secret", fixture->directory, "root/relative");
        make_link("/file", fixture->directory, "root/absolute");
        put(fixture->directory, "root/file", "inside");
        assert_int_equal(read_error(fixture, "/relative"), -ENOENT);
        assert_int_equal(read_error(fixture, "/../secret"), -ENOENT);
        assert_int_equal(tree_read(&fixture->tree, "/absolute", &text, &size), 0);
        assert_string_equal(text, "inside");

        assert_int_equal(tree_readlink(&fixture->tree, "/relative", &target), 0);
        assert_string_equal(target, "../secret");
        free(target);
        target = NULL;
        assert_int_equal(tree_readlink(&fixture->tree, "/file", &target), -EINVAL);
        assert_int_equal(tree_readlink(&fixture->tree, "/missing", &target), -ENOENT);
}

/* Without --root= the kernel looks paths up by itself. */
static void test_the_whole_machine(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(tree_close) struct tree machine = TREE_NULL;
        CLEANUP(freep) char *target = NULL, *link = NULL, *secret = NULL;
        struct stat st;

        make_link("secret", fixture->directory, "link");
        assert_true(asprintf(&link, "%s/link", fixture->directory) > 0);
        assert_true(asprintf(&secret, "%s/secret", fixture->directory) > 0);
        assert_int_equal(tree_open(&machine, NULL), 0);

        assert_int_equal(tree_stat(&machine, link, &st), 0);
        assert_true(S_ISREG(st.st_mode));
        assert_int_equal(tree_readlink(&machine, link, &target), 0);
        assert_string_equal(target, "secret");
        assert_int_equal(tree_readlink(&machine, secret, &target), -EINVAL);
        assert_int_equal(tree_stat(&machine, "/none", &st), -ENOENT);
        assert_int_equal(tree_readlink(&machine, "/none", &target), -ENOENT);
        assert_int_equal(tree_stat(&machine, "tmp", &st), -EINVAL);
        machine.budget.service.lookups = BUDGET_LOOKUPS;
        assert_int_equal(tree_stat(&machine, link, &st), -EDQUOT);
        assert_int_equal(tree_readlink(&machine, link, &target), -EDQUOT);
}

static void test_limits(void **state) {
        struct fixture *fixture = *state;
        struct budget_use *used = &fixture->tree.budget.service;
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        CLEANUP(freep) char *path = NULL;

        put(fixture->directory, "root/file", "12345678");
        used->bytes = BUDGET_BYTES - 15;
        assert_int_equal(read_error(fixture, "/file"), 0);
        assert_int_equal(read_error(fixture, "/file"), -EDQUOT);
        tree_reset_budget(&fixture->tree);
        assert_int_equal(read_error(fixture, "/file"), 0);
        used->names = BUDGET_NAMES;
        assert_int_equal(tree_list(&fixture->tree, "/", &names), -EDQUOT);

        assert_true(asprintf(&path, "%s/root/file", fixture->directory) > 0);
        assert_int_equal(truncate(path, TREE_FILE_SIZE_MAX), 0);
        assert_int_equal(read_error(fixture, "/file"), 0);
        assert_int_equal(truncate(path, TREE_FILE_SIZE_MAX + 1), 0);
        assert_int_equal(read_error(fixture, "/file"), -EFBIG);
}

static void assert_glob(struct fixture *fixture, const char *pattern, const char *expected) {
        CLEANUP(string_list_clear) struct string_list paths = { 0 };
        char joined[256] = "";

        assert_int_equal(tree_glob(&fixture->tree, pattern, &paths), 0);
        for (size_t i = 0; i < paths.count; i++) {
                strcat(joined, paths.items[i]);
                strcat(joined, " ");
        }
        assert_string_equal(joined, expected);
}

static void test_glob(void **state) {
        struct fixture *fixture = *state;

        for (const char *const *p =
                     (const char *const[]){ "root/b", "root/a", "root/a/sub", "root/c", NULL };
             *p; p++)
                make(mkdir, fixture->directory, *p);
        put(fixture->directory, "root/a/2.conf", "");
        put(fixture->directory, "root/a/10.conf", "");
        put(fixture->directory, "root/a/.hidden.conf", "");
        put(fixture->directory, "root/b/1.conf", "");
        put(fixture->directory, "root/a/sub/x", "");

        assert_glob(fixture, "/a/*.conf", "/a/10.conf /a/2.conf ");
        assert_glob(fixture, "/*/*.conf", "/a/10.conf /a/2.conf /b/1.conf ");
        assert_glob(fixture, "/*/sub/x", "/a/sub/x ");
        assert_glob(fixture, "/[ab]/[!0-9].conf", "");
        assert_glob(fixture, "/a/?.conf", "/a/2.conf ");
        assert_glob(fixture, "/a/.*.conf", "/a/.hidden.conf ");
        assert_glob(fixture, "/*", "/a /b /c ");
        assert_glob(fixture, "/missing/*", "");
        assert_glob(fixture, "/no/wildcard", "/no/wildcard ");
}

static void test_list(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(string_list_clear) struct string_list names = { 0 };

        put(fixture->directory, "root/b", "");
        put(fixture->directory, "root/a", "");
        assert_int_equal(tree_list(&fixture->tree, "/", &names), 0);
        assert_int_equal(names.count, 2);
        assert_string_equal(names.items[0], "a");
        assert_int_equal(tree_list(&fixture->tree, "/missing", &names), -ENOENT);
        assert_int_equal(tree_list(&fixture->tree, "/a", &names), -ENOTDIR);
}

static void test_list_links(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(string_list_clear) struct string_list names = { 0 }, links = { 0 };

        put(fixture->directory, "root/a", "");
        make(mkdir, fixture->directory, "root/b");
        make_link("a", fixture->directory, "root/d");
        make_link("nowhere", fixture->directory, "root/c");
        assert_int_equal(tree_list_links(&fixture->tree, "/", &names, &links), 0);
        assert_int_equal(names.count, 4);
        assert_int_equal(links.count, 2);
        assert_string_equal(links.items[0], "c");
        assert_string_equal(links.items[1], "d");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST(test_read),
                TEST(test_only_regular_files),
                TEST(test_links_stay_inside),
                TEST(test_the_whole_machine),
                TEST(test_limits),
                TEST(test_glob),
                TEST(test_list),
                TEST(test_list_links),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
