/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "await-ready.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

enum { MAX_ADDRESSES = 64 };

static bool is_ready(const struct nlmsghdr *message, const struct in6_addr *wanted) {
        const struct ifaddrmsg *header = NLMSG_DATA(message);

        return message->nlmsg_type == RTM_NEWADDR && !(header->ifa_flags & IFA_F_TENTATIVE) &&
               memmem(message, message->nlmsg_len, wanted, sizeof(*wanted));
}

static int parse(char **addresses, struct in6_addr *ret) {
        int n = 0;

        for (; addresses[n] && strcmp(addresses[n], "--") != 0; n++)
                if (n == MAX_ADDRESSES || inet_pton(AF_INET6, addresses[n], &ret[n]) != 1)
                        return -EINVAL;
        return n > 0 ? n : -EINVAL;
}

int await_ready(char **addresses) {
        struct sockaddr_nl name = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_IPV6_IFADDR };
        char buffer[8192] __attribute__((aligned(NLMSG_ALIGNTO)));
        struct in6_addr wanted[MAX_ADDRESSES];
        bool ready[MAX_ADDRESSES] = { false };
        int fd, n, n_pending;

        n = n_pending = parse(addresses, wanted);
        if (n < 0)
                return n;
        fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
        if (fd < 0 || bind(fd, (const struct sockaddr *)&name, sizeof(name)) < 0)
                return -errno;
        while (n_pending > 0) {
                /* The kernel sends one message at a time about an address. */
                if (recv(fd, buffer, sizeof(buffer), 0) < 0)
                        return -errno;
                for (int i = 0; i < n; i++)
                        if (!ready[i] && is_ready((const struct nlmsghdr *)buffer, &wanted[i])) {
                                ready[i] = true;
                                n_pending--;
                        }
        }
        return n;
}
