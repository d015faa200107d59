/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * cost TIMES COMMAND...
 *
 * Runs a command so many times, with its output thrown away, and prints for each run the time from
 * posix_spawn(3) to wait4(2), in microseconds of CLOCK_MONOTONIC, the most memory that it had at a
 * time (ru_maxrss, getrusage(2)), in KiB, and its processor time, in microseconds.
 */

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static uint64_t timeval_usec(struct timeval time) {
        return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_usec;
}

int main(int argc, char **argv) {
        posix_spawn_file_actions_t actions;
        long times;

        if (argc < 3 || (times = strtol(argv[1], NULL, 10)) <= 0)
                return 2;
        if (posix_spawn_file_actions_init(&actions) != 0 ||
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) !=
                    0)
                return 2;

        for (; times > 0; times--) {
                uint64_t start = now_usec();
                struct rusage usage;
                int status, r;
                pid_t pid;

                r = posix_spawnp(&pid, argv[2], &actions, NULL, argv + 2, environ);
                if (r != 0) {
                        errno = r;
                        perror(argv[2]);
                        return 2;
                }
                if (wait4(pid, &status, 0, &usage) < 0)
                        return 2;
                (void)printf("%" PRIu64 " %ld %" PRIu64 "\n", now_usec() - start, usage.ru_maxrss,
                             timeval_usec(usage.ru_utime) + timeval_usec(usage.ru_stime));
        }
        (void)posix_spawn_file_actions_destroy(&actions);
        return 0;
}
