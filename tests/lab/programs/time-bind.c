/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * time-bind ADDRESS INTERFACE COMMAND...
 *
 * Runs a command and, at the same time, calls bind() with the address until it succeeds. That
 * measures when the address became usable, to within some 20 us. INTERFACE may be empty. Prints, in
 * microseconds of CLOCK_MONOTONIC:
 *
 *     start   when the command was started
 *     bound   when bind() first succeeded, or 0 if it never did
 *     failed  when the last call that failed began. If that is long before, this program did not
 *             run when the address became usable, and "bound" is late
 *     exit    when the command had exited
 *     status  as the shell's $?
 *     binds   1 if bind() succeeds right after the exit
 *     cpu     processor time of the command
 */

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <net/if.h>
#include <sched.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
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

/*
 * The loop gets the last processor, and the command the others. If they shared one, the scheduler
 * would be measured.
 */
static void pin(bool loop) {
        long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
        cpu_set_t set;

        if (n_processors < 2)
                return;
        CPU_ZERO(&set);
        for (long i = 0; i < n_processors; i++)
                if ((i == n_processors - 1) == loop)
                        CPU_SET((size_t)i, &set);
        (void)sched_setaffinity(0, sizeof(set), &set);
}

/* Connectionless and on a port of the kernel's choice: only the address can be refused. */
static bool binds(const struct in6_addr *address, const char *interface) {
        struct sockaddr_in6 name = { .sin6_family = AF_INET6, .sin6_addr = *address };
        int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        int r;

        if (fd < 0)
                return false;
        if (interface[0])
                name.sin6_scope_id = if_nametoindex(interface);
        r = bind(fd, (const struct sockaddr *)&name, sizeof(name));
        (void)close(fd);
        return r == 0;
}

static uint64_t timeval_usec(const struct timeval *time) {
        return (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec;
}

int main(int argc, char **argv) {
        uint64_t start, failed, bound = 0, end;
        struct in6_addr address;
        struct rusage usage;
        int status, r;
        pid_t pid;

        if (argc < 4 || inet_pton(AF_INET6, argv[1], &address) != 1) {
                (void)fputs("usage: time-bind ADDRESS INTERFACE COMMAND...\n", stderr);
                return 2;
        }

        pin(false);
        start = now_usec();
        r = posix_spawnp(&pid, argv[3], NULL, NULL, argv + 3, environ);
        if (r != 0) {
                errno = r;
                perror(argv[3]);
                return 2;
        }

        pin(true);
        r = 0;
        failed = start;
        while (r == 0 && bound == 0) {
                uint64_t before = now_usec();

                if (binds(&address, argv[2]))
                        bound = now_usec();
                else
                        failed = before;
                r = wait4(pid, &status, WNOHANG, &usage);
        }
        if (r == 0)
                r = wait4(pid, &status, 0, &usage);
        end = now_usec();
        if (r < 0) {
                perror("wait4");
                return 2;
        }

        r = binds(&address, argv[2]);
        if (r && bound == 0)
                bound = end; /* assigned between the last bind() and the exit */
        (void)printf("start=%" PRIu64 " bound=%" PRIu64 " failed=%" PRIu64 " exit=%" PRIu64
                     " status=%d binds=%d cpu=%" PRIu64 "\n",
                     start, bound, failed, end,
                     WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), r,
                     timeval_usec(&usage.ru_utime) + timeval_usec(&usage.ru_stime));
        return 0;
}
