/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/io-error.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* EUNATCH: of reopen(), /proc is not mounted. */
static bool is_of_machine(int error) {
        static const int ERRORS[] = { ENOMEM, EMFILE,  ENFILE,  EIO,    EINTR,
                                      ESTALE, EBADMSG, EUCLEAN, EUNATCH };

        for (size_t i = 0; i < sizeof(ERRORS) / sizeof(ERRORS[0]); i++)
                if (error == -ERRORS[i])
                        return true;
        return false;
}

int io_error_record(struct io_error *io_error, const char *path, int result) {
        if (io_error->error == 0 && is_of_machine(result)) {
                io_error->error = result;
                (void)snprintf(io_error->path, sizeof(io_error->path), "%s", path);
        }
        return result;
}

int io_error_pop(struct io_error *io_error, int result, const char **ret_path) {
        int error = io_error->error;

        *ret_path = error < 0 ? io_error->path : NULL;
        io_error->error = 0;
        return error < 0 ? error : result;
}
