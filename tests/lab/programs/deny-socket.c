/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * deny-socket netlink|inet6 COMMAND...
 *
 * Runs a command for which socket() of an address family fails with EAFNOSUPPORT, by a seccomp
 * filter as RestrictAddressFamilies= installs it (systemd.exec(5)). A kernel
 * without IPv6 answers for AF_INET6 in the same way.
 */

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv) {
        struct sock_filter filter[] = {
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 1),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        struct sock_fprog program = { .len = sizeof(filter) / sizeof(filter[0]), .filter = filter };

        if (argc < 3 || (strcmp(argv[1], "netlink") != 0 && strcmp(argv[1], "inet6") != 0)) {
                (void)fputs("usage: deny-socket netlink|inet6 COMMAND...\n", stderr);
                return 2;
        }
        if (strcmp(argv[1], "inet6") == 0)
                filter[3].k = AF_INET6;

        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
            prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) {
                perror("seccomp");
                return 2;
        }
        (void)execvp(argv[2], argv + 2);
        perror(argv[2]);
        return 2;
}
