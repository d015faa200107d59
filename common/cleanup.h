/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Resources that free themselves at the end of their scope:
 *
 *     CLEANUP(freep) char *path = NULL;
 *     CLEANUP(closep) int fd = -1;
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CLEANUP(function) __attribute__((cleanup(function)))

/* Passes on a resource: yields the pointer and sets it to NULL. */
#define TAKE_POINTER(pointer)                                                                      \
        ({                                                                                         \
                __typeof__(pointer) taken_ = (pointer);                                            \
                (pointer) = NULL;                                                                  \
                taken_;                                                                            \
        })

/* The same for a file descriptor. */
#define TAKE_FD(fd)                                                                                \
        ({                                                                                         \
                int taken_ = (fd);                                                                 \
                (fd) = -1;                                                                         \
                taken_;                                                                            \
        })

static inline void freep(void *pointer_to_pointer) {
        free(*(void **)pointer_to_pointer);
}

/* Keeps errno: cleanup runs between a failed call and the return of -errno. */
static inline void closep(const int *fd) {
        int saved_errno = errno;

        if (*fd >= 0)
                (void)close(*fd);
        errno = saved_errno;
}

static inline void fclosep(FILE **file) {
        if (*file)
                (void)fclose(*file);
}
