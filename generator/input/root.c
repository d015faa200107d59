/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/root.h"

#include "common/cleanup.h"
#include "input/automount.h"
#include "input/reopen.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>

int root_open(struct root *root, const char *path) {
        bool is_machine = !path || strcmp(path, "/") == 0;
        CLEANUP(closep) int again = -1;

        root->resolve = is_machine ? 0 : RESOLVE_IN_ROOT;
        root->has_automounts = is_machine && automount_exists();
        root->fd = open(is_machine ? "/" : path, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (root->fd < 0)
                return -errno;
        /* Without /proc no file can be opened: log that once, not for each file. */
        again = reopen(root->fd, O_PATH);
        return again < 0 ? again : 0;
}

void root_close(struct root *root) {
        closep(&root->fd);
        root->fd = -1;
}

/* glibc 2.36 has no wrapper for openat2(2), and 2.31 does not define SYS_openat2; the kernel's
 * headers define __NR_openat2. Linux has the call since 5.6. */
static int open_confined(const struct root *root, const char *path, int flags) {
        struct open_how how = { .flags = (uint64_t)flags | O_CLOEXEC, .resolve = root->resolve };
        long fd = -1;

        for (int i = 0; i < ROOT_ATTEMPTS_MAX; i++) {
                fd = syscall(__NR_openat2, root->fd, path, &how, sizeof(how));
                if (fd >= 0 || errno != EAGAIN)
                        break;
        }
        return fd < 0 ? -errno : (int)fd;
}

int root_open_path(const struct root *root, const char *path, int flags) {
        int fd;

        if (root->has_automounts)
                return automount_open(path, flags);
        if (root->resolve != 0)
                return open_confined(root, path, flags);
        fd = open(path, flags | O_CLOEXEC);
        return fd < 0 ? -errno : fd;
}

/* Whether the kernel may look a path up by itself, in one system call instead of three: there is no
 * root to stay inside of, and no automount point to trigger. */
static bool is_plain(const struct root *root) {
        return root->resolve == 0 && !root->has_automounts;
}

int root_stat(const struct root *root, const char *path, struct stat *ret) {
        CLEANUP(closep) int fd = -1;

        if (is_plain(root))
                return stat(path, ret) < 0 ? -errno : 0;
        fd = root_open_path(root, path, O_PATH);
        if (fd < 0)
                return fd;
        return fstat(fd, ret) < 0 ? -errno : 0;
}

/* Return: the length of the link's text, or negative errno. */
static ssize_t read_target(const struct root *root, const char *path, char ret[static PATH_MAX]) {
        CLEANUP(closep) int fd = -1;
        ssize_t length;

        if (is_plain(root)) {
                length = readlink(path, ret, PATH_MAX);
                return length < 0 ? -errno : length;
        }
        fd = root_open_path(root, path, O_PATH | O_NOFOLLOW);
        if (fd < 0)
                return fd;
        length = readlinkat(fd, "", ret, PATH_MAX);
        if (length < 0)
                return errno == ENOENT ? -EINVAL : -errno; /* ENOENT: not a link, for "" */
        return length;
}

int root_readlink(const struct root *root, const char *path, char **ret) {
        char target[PATH_MAX];
        ssize_t length = read_target(root, path, target);

        if (length < 0)
                return (int)length;
        *ret = strndup(target, (size_t)length);
        return *ret ? 0 : -ENOMEM;
}
