/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "memory.h"

#include "cleanup.h"
#include "timespan.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* asm-generic/socket.h of Linux 5.14; Debian 11's headers are older than the kernels it may run. */
#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

#define DIRECTORY "/run/dadwait"

/* "ADDRESS%INTERFACE@NETNS" */
enum { NAME_SIZE = PATTERN_STRING_SIZE + sizeof("@18446744073709551615") };

static int open_directory(void) {
        return open(DIRECTORY, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

/*
 * What tells one network namespace from another: its cookie, never used again until reboot. Before
 * Linux 5.14 it has none, so there the inode of the namespace has to do; a later one may get it.
 */
static uint64_t netns_cookie(void) {
        CLEANUP(closep) int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        socklen_t size = sizeof(uint64_t);
        uint64_t cookie = 0;
        struct stat st;

        if (fd >= 0 && getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &size) >= 0)
                return cookie;
        return stat("/proc/self/ns/net", &st) < 0 ? 0 : st.st_ino;
}

static void name_file(const struct wanted *wanted, uint64_t cookie, char name[static NAME_SIZE]) {
        char address[PATTERN_STRING_SIZE];

        (void)snprintf(name, NAME_SIZE, "%s@%" PRIu64, pattern_format(&wanted->pattern, address),
                       cookie);
}

/* Returns for how long an address was waited for; 0 if it was not, or the file makes no sense. */
static uint64_t read_usec(int directory, const char *name) {
        CLEANUP(closep)
        int fd = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        char text[TIMESPAN_STRING_SIZE + 1] = "";
        uint64_t usec;

        if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0 || timespan_parse(text, &usec) < 0)
                return 0;
        return usec;
}

static void write_usec(int directory, const char *name, uint64_t usec) {
        CLEANUP(closep)
        int fd = openat(directory, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                        0600);
        char text[TIMESPAN_STRING_SIZE];

        if (fd >= 0)
                (void)dprintf(fd, "%s\n", timespan_format(usec, text));
}

void memory_recall(struct wanted *wanted, size_t n_wanted, uint64_t timeout_usec) {
        CLEANUP(closep) int directory = open_directory();
        uint64_t cookie;

        if (directory < 0 || faccessat(directory, ".", W_OK, AT_EACCESS) < 0)
                return;
        cookie = netns_cookie();
        for (size_t i = 0; i < n_wanted; i++) {
                char name[NAME_SIZE];
                uint64_t usec;

                if (wanted[i].pattern.is_prefix) /* never absent, and no name for a file */
                        continue;
                name_file(&wanted[i], cookie, name);
                usec = read_usec(directory, name);
                wanted[i].in_vain = usec > 0 && usec >= timeout_usec;
        }
}

void memory_update(const struct wanted *wanted, size_t n_wanted, uint64_t waited_usec) {
        CLEANUP(closep) int directory = -1;
        uint64_t cookie;

        if (waited_usec > 0)
                (void)mkdir(DIRECTORY, 0700);
        directory = open_directory();
        if (directory < 0)
                return;
        cookie = netns_cookie();
        for (size_t i = 0; i < n_wanted; i++) {
                char name[NAME_SIZE];

                if (wanted[i].pattern.is_prefix)
                        continue;
                name_file(&wanted[i], cookie, name);
                if (!wanted_is_absent(&wanted[i]))
                        (void)unlinkat(directory, name, 0);
                else if (waited_usec > 0 && !wanted[i].in_vain)
                        write_usec(directory, name, waited_usec);
        }
}
