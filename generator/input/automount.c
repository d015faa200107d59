/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/automount.h"

#include "common/cleanup.h"
#include "input/reopen.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>

enum { LINKS_MAX = 40 }; /* the kernel's MAXSYMLINKS */

/* proc_pid_mountinfo(5): the type of the file system is the first field after " - ". */
bool automount_exists(void) {
        CLEANUP(fclosep) FILE *file = fopen("/proc/self/mountinfo", "re");
        CLEANUP(freep) char *line = NULL;
        size_t size = 0;

        if (!file)
                return errno != ENOENT;
        while (getline(&line, &size, file) >= 0) {
                const char *type = strstr(line, " - ");

                if (type && strncmp(type, " - autofs ", strlen(" - autofs ")) == 0)
                        return true;
        }
        return !feof(file);
}

/* The mount point in a line of proc_pid_mountinfo(5), where it is the fifth field. Octal escapes
 * are not decoded. */
static const char *mount_point(const char *line, size_t *ret_length) {
        for (unsigned field = 1; field < 5; field++) {
                line += strcspn(line, " ");
                line += strspn(line, " ");
        }
        *ret_length = strcspn(line, " ");
        return line;
}

/* Whether something is mounted on @name in the automount point @directory, so that a lookup does
 * not trigger it. */
static bool is_mounted(int directory, const char *name) {
        CLEANUP(fclosep) FILE *file = fopen("/proc/self/mountinfo", "re");
        CLEANUP(freep) char *line = NULL;
        char link[sizeof("/proc/self/fd/2147483647")], point[PATH_MAX];
        size_t size = 0, length = strlen(name);
        ssize_t above; /* the length of the directory's path */

        (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", directory);
        above = readlink(link, point, sizeof(point));
        if (!file || above < 0 || (size_t)above + 1 + length > sizeof(point))
                return false;
        point[above] = '/';
        memcpy(point + above + 1, name, length);
        length += (size_t)above + 1;

        while (getline(&line, &size, file) >= 0) {
                size_t point_length;
                const char *path = mount_point(line, &point_length);

                if (point_length == length && memcmp(path, point, length) == 0)
                        return true;
        }
        return false;
}

/*
 * Opens one component of a path. With O_PATH, and without O_DIRECTORY, the last component of a path
 * triggers nothing. In the directory of an indirect map (autofs(5)) it does, unless something is
 * mounted there.
 *
 * @rest: of the path, after @name
 */
static int step(int directory, const char *name, const char *rest, struct stat *ret) {
        CLEANUP(closep) int fd = openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
        struct statfs fs;

        if (fd < 0 || fstat(fd, ret) < 0 || fstatfs(fd, &fs) < 0)
                return -errno;
        if (fs.f_type == AUTOFS_SUPER_MAGIC) {
                CLEANUP(freep) char *next = NULL;

                rest += strspn(rest, "/");
                next = strndup(rest, strcspn(rest, "/"));
                if (!next)
                        return -ENOMEM;
                if (!is_mounted(fd, next))
                        return -EREMOTE;
        }
        return TAKE_FD(fd);
}

/* Replaces a path by a link's target and what follows the link. */
static int follow(int link, const char *rest, char **path) {
        char target[PATH_MAX];
        ssize_t length = readlinkat(link, "", target, sizeof(target));
        char *longer;

        if (length < 0)
                return -errno;
        if (asprintf(&longer, "%.*s/%s", (int)length, target, rest) < 0)
                return -ENOMEM;
        free(*path);
        *path = longer;
        return 0;
}

/*
 * Opens a path component by component, as the kernel does (path_resolution(7)).
 *
 * @follow_last: whether a link at the end of the path is followed
 *
 * Return: an O_PATH descriptor, or negative errno.
 */
static int walk(const char *path, bool follow_last) {
        CLEANUP(closep) int directory = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
        CLEANUP(freep) char *remaining = strdup(path);
        char *p = remaining;

        if (!remaining || directory < 0)
                return remaining ? -errno : -ENOMEM;
        for (unsigned links = 0;;) {
                CLEANUP(closep) int fd = -1;
                struct stat st = { 0 };
                char *name, *rest;
                int r;

                name = p + strspn(p, "/");
                if (!*name)
                        return TAKE_FD(directory);
                rest = strchrnul(name, '/');
                p = *rest ? rest + 1 : rest;
                *rest = '\0';

                fd = step(directory, name, p, &st);
                if (fd < 0)
                        return fd;
                if (!S_ISLNK(st.st_mode) || (!follow_last && !*p)) {
                        closep(&directory);
                        directory = TAKE_FD(fd);
                        continue;
                }
                if (++links > LINKS_MAX)
                        return -ELOOP;
                r = follow(fd, p, &remaining);
                if (r < 0)
                        return r;
                p = remaining;
                if (*p == '/') {
                        closep(&directory);
                        directory = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
                        if (directory < 0)
                                return -errno;
                }
        }
}

int automount_open(const char *path, int flags) {
        CLEANUP(closep) int fd = walk(path, !(flags & O_NOFOLLOW));

        if (fd < 0)
                return fd;
        return (flags & O_PATH) ? TAKE_FD(fd) : reopen(fd, flags);
}
