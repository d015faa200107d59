/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * For LD_PRELOAD and LD_LIBRARY_PATH: a library that logs that it is loaded
 *
 * Appends the user id to the file that $LOAD_LOG names. Tests give it the names of other libraries;
 * it has none of their symbols.
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void log_load(void) {
        const char *path = getenv("LOAD_LOG");
        int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;

        if (fd >= 0) {
                (void)dprintf(fd, "%ld\n", (long)getuid());
                (void)close(fd);
        }
}
