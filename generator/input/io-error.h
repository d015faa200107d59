/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The first error that is no fault of the file's
 *
 * A file that is missing or malformed costs a warning, and the service is read without it. But
 * where memory or file descriptors run out, or where the disk fails, the service may well read a
 * moment later what the generator could not; and that may disable the wait. So such an error is
 * kept, like ferror(3), whatever the caller that met it makes of it.
 */

#include <limits.h>

/* Zeroed: no error. */
struct io_error {
        int error; /* negative errno, or 0 */
        char path[PATH_MAX];
};

/**
 * io_error_record() - keep an error if it is the first of its kind
 * @path:       what was read
 * @result:     of reading it: 0 or more, or negative errno. Errors of the file itself (ENOENT,
 *              EACCES, …) and -EDQUOT are not kept
 *
 * Return: @result.
 */
int io_error_record(struct io_error *io_error, const char *path, int result);

/**
 * io_error_pop() - the error that was kept, which is then forgotten
 * @result:     what to return if there was none
 * @ret_path:   receives the path, valid until the next io_error_record(); NULL if there was none
 *
 * Return: the negative errno, or @result.
 */
int io_error_pop(struct io_error *io_error, int result, const char **ret_path);
