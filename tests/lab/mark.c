/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * For LD_PRELOAD and LD_LIBRARY_PATH: whoever loads this leaves a mark
 *
 * Appends a line to the file that $MARK names. It has none of the symbols of the libraries whose
 * names it is given.
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void leave_mark(void) {
        const char *path = getenv("MARK");
        int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;

        if (fd >= 0) {
                (void)dprintf(fd, "%ld\n", (long)getuid());
                (void)close(fd);
        }
}
