/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/private-files.h"
#include "input/tree.h"
#include "input/withheld.h"
#include "unit.h"

#include <errno.h>
#include <string.h>

static char buffer[100];

__attribute__((format(printf, 1, 2))) static const char *format(const char *format, ...) {
        va_list args;

        va_start(args, format);
        withheld_format(buffer, sizeof(buffer), format, args);
        va_end(args);
        return buffer;
}

static void test_arguments_are_left_out(void **state) {
        (void)state;
        assert_string_equal(format("100%%, no argument"), "100%, no argument");
        assert_string_equal(format("'%s': %s.", "secret", "secret"), "'(not shown)': (not shown).");
        assert_string_equal(format("%.*s|%.3s|%d|%u|%zu|%ld|%c", 3, "secret", "secret", 1, 2U,
                                   (size_t)3, 4L, 'c'),
                            "(not shown)|(not shown)|(not shown)|(not shown)|(not shown)|(not "
                            "shown)|(not shown)");
}

/* What follows an argument that is passed over is still read at its place. */
static void test_words_of_ours_stay(void **state) {
        (void)state;
        private_files_begin("x.service");
        assert_int_equal(private_files_allow("listen"), 0);
        assert_string_equal(format("%s %d %lld %s: %s%s", "x.service", 1, 2LL, "listen",
                                   tree_strerror(-ELOOP), ""),
                            "x.service (not shown) (not shown) listen: Too many levels of "
                            "symbolic links");
        assert_string_equal(format("%s %s", "listens", "LISTEN"), "(not shown) (not shown)");
        private_files_end();
        assert_string_equal(format("%s", "listen"), "(not shown)");
}

static void test_unknown_conversion_ends_it(void **state) {
        (void)state;
        assert_string_equal(format("a %f b", 1.0), "a ");
}

static void test_what_is_hidden(void **state) {
        (void)state;
        assert_int_equal(private_files_add("/etc/dadwait.conf"), 0);
        assert_true(private_files_is_hidden("/etc/dadwait.conf"));
        assert_false(private_files_is_hidden("/etc/x.conf"));
        private_files_begin("x.service");
        assert_false(private_files_is_hidden("/etc/x.conf"));
        assert_int_equal(private_files_add("/etc/secret"), 0);
        assert_true(private_files_is_hidden("/etc/x.conf"));
        assert_true(private_files_is_hidden(NULL));
        private_files_begin("y.service");
        assert_false(private_files_is_hidden("/etc/secret"));
        assert_true(private_files_is_hidden("/etc/dadwait.conf"));
        private_files_end();
}

static void test_keyword(void **state) {
        (void)state;
        private_files_begin("x.service");
        assert_int_equal(private_files_allow("bind"), 0);
        assert_int_equal(private_files_allow("bind-to"), 0);
        assert_string_equal(private_files_keyword("  BIND secret"), "bind");
        assert_string_equal(private_files_keyword("bind-to=secret"), "bind-to");
        assert_string_equal(private_files_keyword("bind-secret"), "");
        assert_string_equal(private_files_keyword("binder"), "");
        assert_string_equal(private_files_keyword("secret bind"), "");
        private_files_end();
        assert_string_equal(private_files_keyword("bind secret"), "");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_arguments_are_left_out),
                cmocka_unit_test(test_words_of_ours_stay),
                cmocka_unit_test(test_unknown_conversion_ends_it),
                cmocka_unit_test(test_what_is_hidden),
                cmocka_unit_test(test_keyword),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
