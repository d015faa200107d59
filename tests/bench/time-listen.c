/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * time-listen PORT ADDRESS...
 *
 * Prints, in microseconds of CLOCK_MONOTONIC:
 *
 *     ready    when the kernel had reported of the last address that it is not tentative
 *     listens  when a TCP server had accepted a connection on each address
 *
 * To connect to a local address takes some 20 us, and is tried each 100 us.
 */

#include "await-ready.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const struct timespec PAUSE = { .tv_nsec = 100000 };

static uint64_t now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* Without options: what the local kernel refuses or accepts, it does at once. */
static bool listens(const struct sockaddr_in6 *server) {
        int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
        int r = connect(fd, (const struct sockaddr *)server, sizeof(*server));

        (void)close(fd);
        return r == 0;
}

int main(int argc, char **argv) {
        struct sockaddr_in6 server = { .sin6_family = AF_INET6 };
        uint64_t ready;
        int n;

        if (argc < 3)
                return 2;
        server.sin6_port = htons((uint16_t)strtoul(argv[1], NULL, 10));
        (void)puts("watching");
        (void)fflush(stdout);
        n = await_ready(argv + 2);
        ready = now_usec();
        if (n < 0) {
                (void)fprintf(stderr, "time-listen: %s\n", strerror(-n));
                return 1;
        }
        for (int i = 0; i < n; i++) {
                (void)inet_pton(AF_INET6, argv[2 + i], &server.sin6_addr);
                while (!listens(&server))
                        (void)nanosleep(&PAUSE, NULL);
        }
        (void)printf("ready=%" PRIu64 " listens=%" PRIu64 "\n", ready, now_usec());
        return 0;
}
