/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/timed-out.h"

#include "common/cleanup.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>

/* asm-generic/socket.h of Linux 5.14; Debian 11's headers are older than the kernels it may run. */
#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

enum { VALID_USEC = 60 * 1000 * 1000 };

/* "ADDRESS%INTERFACE@NETNS" */
enum { NAME_SIZE = PATTERN_STRING_SIZE + sizeof("@18446744073709551615") };

enum { RECORD_SIZE = sizeof("18446744073709551615 18446744073709551615") };

struct record {
        uint64_t expiry_usec; /* CLOCK_BOOTTIME */
        uint64_t waited_usec;
};

/* The clock continues during suspend, and cannot be set (time_namespaces(7)). */
static uint64_t now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_BOOTTIME, &now);
        return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* Returns a descriptor, or a negative errno: -EPERM for a directory that others can write to. */
static int open_directory(void) {
        CLEANUP(closep) int fd = -1;
        struct stat st;

        if (geteuid() != 0)
                return -EPERM;
        fd = open(TIMED_OUT_DIRECTORY, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0 || fstat(fd, &st) < 0)
                return -errno;
        if (st.st_uid != 0 || (st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
                return -EPERM;
        return TAKE_FD(fd);
}

/*
 * Identifies the network namespace: a cookie is not used again until reboot. Before Linux 5.14
 * there are none, so there it is the inode, which a later namespace may have.
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

static void name_record(const struct target *target, uint64_t cookie, char name[static NAME_SIZE]) {
        char address[PATTERN_STRING_SIZE];

        (void)snprintf(name, NAME_SIZE, "%s@%" PRIu64, pattern_format(&target->pattern, address),
                       cookie);
}

static void format_record(const struct record *record, char text[static RECORD_SIZE]) {
        (void)snprintf(text, RECORD_SIZE, "%" PRIu64 " %" PRIu64, record->expiry_usec,
                       record->waited_usec);
}

/* Accepts only what format_record() writes. */
static int parse_record(const char *text, struct record *ret) {
        char again[RECORD_SIZE];
        char *end;

        ret->expiry_usec = strtoull(text, &end, 10);
        ret->waited_usec = *end == ' ' ? strtoull(end, NULL, 10) : 0;
        format_record(ret, again);
        return strcmp(text, again) == 0 ? 0 : -EINVAL;
}

/*
 * Returns 0, or a negative errno: -EINVAL if the file is no record; -ESTALE if it has expired, or
 * expires so late that it is not of this boot.
 */
static int read_record(int directory, const char *name, struct record *ret) {
        char text[RECORD_SIZE + 1] = "";
        uint64_t now = now_usec();
        int r;

        if (readlinkat(directory, name, text, sizeof(text) - 1) < 0)
                return -errno;
        r = parse_record(text, ret);
        if (r < 0)
                return r;
        return ret->expiry_usec > now && ret->expiry_usec - now <= VALID_USEC ? 0 : -ESTALE;
}

static void write_record(int directory, const char *name, const struct record *record) {
        char text[RECORD_SIZE];

        format_record(record, text);
        if (symlinkat(text, directory, name) >= 0 || errno != EEXIST)
                return; /* without a record the next start waits once more */
        if (unlinkat(directory, name, 0) < 0 || symlinkat(text, directory, name) < 0)
                return;
}

static void closedirp(DIR **directory) {
        if (*directory)
                (void)closedir(*directory);
}

/* Removes what has expired and what is no record. Returns whether something is left. */
static bool purge(int fd) {
        CLEANUP(closep) int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        CLEANUP(closedirp) DIR *directory = NULL;
        const struct dirent *entry;
        bool left = false;

        directory = copy < 0 ? NULL : fdopendir(copy);
        if (!directory)
                return true;
        (void)TAKE_FD(copy);
        while ((entry = readdir(directory))) {
                struct record record;
                int r;

                if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                        continue;
                r = read_record(fd, entry->d_name, &record);
                if (r == -EINVAL || r == -ESTALE)
                        r = unlinkat(fd, entry->d_name, 0);
                else
                        r = -1;
                left |= r < 0;
        }
        return left;
}

void timed_out_load(struct target *targets, size_t n_targets, uint64_t timeout_usec) {
        CLEANUP(closep) int directory = open_directory();
        uint64_t cookie;

        /* Without write permission a record could not be removed once the address is assigned. */
        if (directory < 0 || faccessat(directory, ".", W_OK, AT_EACCESS) < 0 || !purge(directory))
                return;
        cookie = netns_cookie();
        for (size_t i = 0; i < n_targets; i++) {
                struct record record = { 0 };
                char name[NAME_SIZE];

                if (targets[i].pattern.is_prefix) /* never absent; '/' is not for file names */
                        continue;
                name_record(&targets[i], cookie, name);
                targets[i].already_timed_out = read_record(directory, name, &record) >= 0 &&
                                               record.waited_usec >= timeout_usec;
        }
}

static void update_records(int directory, const struct target *targets, size_t n_targets,
                           uint64_t waited_usec) {
        const struct record record = { .expiry_usec = now_usec() + VALID_USEC,
                                       .waited_usec = waited_usec };
        uint64_t cookie = netns_cookie();

        for (size_t i = 0; i < n_targets; i++) {
                char name[NAME_SIZE];

                if (targets[i].pattern.is_prefix)
                        continue;
                name_record(&targets[i], cookie, name);
                if (!target_is_absent(&targets[i]))
                        (void)unlinkat(directory, name, 0);
                else if (waited_usec > 0 && !targets[i].already_timed_out)
                        write_record(directory, name, &record);
        }
}

void timed_out_update(const struct target *targets, size_t n_targets, uint64_t waited_usec) {
        CLEANUP(closep) int directory = -1;

        if (waited_usec > 0 && geteuid() == 0)
                (void)mkdir(TIMED_OUT_DIRECTORY, 0700);
        directory = open_directory();
        if (directory < 0)
                return;
        if (purge(directory) || waited_usec > 0)
                update_records(directory, targets, n_targets, waited_usec);
        /* Fails unless it is empty. If another run is about to write a record, it waits once more.
         */
        (void)rmdir(TIMED_OUT_DIRECTORY);
}
