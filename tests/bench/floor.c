/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * floor ADDRESS
 *
 * The least that a program can do that waits for an address: block on netlink until the kernel says
 * that it is not tentative. No question what the state is, no timeout, no journal.
 */

#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static bool is_ready(const struct nlmsghdr *message, const struct in6_addr *wanted) {
        const struct ifaddrmsg *header = NLMSG_DATA(message);

        return message->nlmsg_type == RTM_NEWADDR && !(header->ifa_flags & IFA_F_TENTATIVE) &&
               memmem(message, message->nlmsg_len, wanted, sizeof(*wanted));
}

int main(int argc, char **argv) {
        struct sockaddr_nl name = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_IPV6_IFADDR };
        char buffer[8192] __attribute__((aligned(NLMSG_ALIGNTO)));
        struct in6_addr wanted;
        int fd;

        if (argc != 2 || inet_pton(AF_INET6, argv[1], &wanted) != 1)
                return 2;
        fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
        if (fd < 0 || bind(fd, (const struct sockaddr *)&name, sizeof(name)) < 0)
                return 1;
        for (;;) {
                ssize_t size = recv(fd, buffer, sizeof(buffer), 0);

                if (size < 0)
                        return 1;
                if (is_ready((const struct nlmsghdr *)buffer, &wanted))
                        return 0;
        }
}
