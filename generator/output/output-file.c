/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "output/output-file.h"

#include "common/cleanup.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

enum { NAME_LENGTH_MAX = NAME_MAX - (int)(sizeof("..new") - 1) };

static int write_all(int fd, const char *text) {
        size_t left = strlen(text);

        while (left > 0) {
                ssize_t n = write(fd, text, left);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                text += n;
                left -= (size_t)n;
        }
        return 0;
}

/*
 * Writes under a name that systemd ignores, then renames. An existing file of that name is removed
 * and never opened: it may be a FIFO, or a link to a file elsewhere. Of a long name as much is used
 * as NAME_MAX allows; long names differ in more than ".service".
 */
int output_file_write(int directory_fd, const char *name, const char *text) {
        CLEANUP(freep) char *temporary = NULL;
        CLEANUP(closep) int fd = -1;
        int r;

        if (asprintf(&temporary, ".%.*s.new", NAME_LENGTH_MAX, name) < 0) {
                temporary = NULL;
                return -ENOMEM;
        }
        (void)unlinkat(directory_fd, temporary, 0);
        fd = openat(directory_fd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (fd < 0)
                return -errno;
        r = write_all(fd, text);
        if (r >= 0 && fchmod(fd, 0644) < 0)
                r = -errno;
        if (r >= 0 && renameat(directory_fd, temporary, directory_fd, name) < 0)
                r = -errno;
        if (r < 0)
                (void)unlinkat(directory_fd, temporary, 0);
        return r;
}
