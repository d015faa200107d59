/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/regular-file.h"

#include "common/cleanup.h"
#include "input/reopen.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/statfs.h>

/* Files of /proc and /sys call themselves regular, but reading them can have effects: what is read
 * from /proc/kmsg is lost to the journal. One answer holds for all files of a device. */
static int check_file_system(int fd, dev_t device) {
        static dev_t checked;
        static bool has_checked;
        struct statfs fs;

        if (has_checked && device == checked)
                return 0;
        if (fstatfs(fd, &fs) < 0)
                return -errno;
        if (fs.f_type == PROC_SUPER_MAGIC || fs.f_type == SYSFS_MAGIC)
                return -ENOTSUP;
        checked = device;
        has_checked = true;
        return 0;
}

static int check_regular(int fd, struct stat *ret) {

        if (fstat(fd, ret) < 0)
                return -errno;
        if (S_ISDIR(ret->st_mode))
                return -EISDIR;
        if (!S_ISREG(ret->st_mode))
                return -ENOTSUP;
        return check_file_system(fd, ret->st_dev);
}

/* Checks before it opens, as to open a device can have effects (a watchdog starts). reopen.h: the
 * file that was checked is the one that is opened. */
int regular_file_open(const struct root *root, const char *path, struct stat *ret) {
        CLEANUP(closep) int fd = root_open_path(root, path, O_PATH);
        int r;

        if (fd < 0)
                return fd;
        r = check_regular(fd, ret);
        return r < 0 ? r : reopen(fd, O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

/* Return: how many bytes were read, or negative errno. */
static ssize_t read_all(int fd, char *buffer, size_t size) {
        size_t done = 0;

        while (done < size) {
                ssize_t n = read(fd, buffer + done, size - done);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        break;
                done += (size_t)n;
        }
        return (ssize_t)done;
}

int regular_file_read(int fd, size_t size, char **ret, size_t *ret_size) {
        CLEANUP(freep) char *buffer = malloc(size + 1);
        ssize_t done;

        if (!buffer)
                return -ENOMEM;
        done = read_all(fd, buffer, size);
        if (done < 0)
                return (int)done;
        buffer[done] = '\0';
        *ret_size = (size_t)done;
        *ret = TAKE_POINTER(buffer);
        return 0;
}
