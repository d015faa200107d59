/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/io-error.h"
#include "unit.h"

#include <errno.h>

static void test_first_error(void **state) {
        struct io_error io_error = { 0 };
        const char *path;

        (void)state;
        assert_int_equal(io_error_record(&io_error, "/good", 3), 3);
        assert_int_equal(io_error_record(&io_error, "/first", -EIO), -EIO);
        assert_int_equal(io_error_record(&io_error, "/second", -ENOMEM), -ENOMEM);
        assert_int_equal(io_error_record(&io_error, "/good", 0), 0);
        assert_int_equal(io_error_pop(&io_error, 0, &path), -EIO);
        assert_string_equal(path, "/first");

        assert_int_equal(io_error_pop(&io_error, -EINVAL, &path), -EINVAL);
        assert_null(path);
        assert_int_equal(io_error_record(&io_error, "/third", -EMFILE), -EMFILE);
        assert_int_equal(io_error_pop(&io_error, 0, &path), -EMFILE);
        assert_string_equal(path, "/third");
}

static void test_errors_of_the_file(void **state) {
        static const int ERRORS[] = { ENOENT, EACCES, ENOTDIR, EISDIR,  ELOOP, ENOTSUP,
                                      EFBIG,  EDQUOT, E2BIG,   EREMOTE, EINVAL };
        struct io_error io_error = { 0 };
        const char *path;

        (void)state;
        for (size_t i = 0; i < sizeof(ERRORS) / sizeof(ERRORS[0]); i++)
                assert_int_equal(io_error_record(&io_error, "/file", -ERRORS[i]), -ERRORS[i]);
        assert_int_equal(io_error_pop(&io_error, 0, &path), 0);
        assert_null(path);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_first_error),
                cmocka_unit_test(test_errors_of_the_file),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
