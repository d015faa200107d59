/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/netlink.h"

#include "common/cleanup.h"
#include "network/message.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netlink.h>
#include <sys/socket.h>

int netlink_open(int flags, struct mnl_socket **ret) {
        CLEANUP(netlink_closep) struct mnl_socket *socket = NULL;

        socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC | flags);
        if (!socket || mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
                return -errno;
        *ret = TAKE_POINTER(socket);
        return 0;
}

void netlink_closep(struct mnl_socket **socket) {
        if (*socket)
                (void)mnl_socket_close(*socket);
}

/* mnl_cb_run() passes one pointer to apply(), and returns an errno only. */
struct context {
        struct network *network;
        bool changed;
};

static int apply(const struct nlmsghdr *message, void *data) {
        struct context *context = data;
        int r;

        r = message_apply(message, context->network);
        if (r < 0) {
                errno = -r;
                return MNL_CB_ERROR;
        }
        context->changed |= r > 0;
        return MNL_CB_OK;
}

int netlink_apply(const void *buffer, size_t size, unsigned sequence, unsigned port,
                  struct network *network, bool *changed) {
        struct context context = { .network = network };
        int r = mnl_cb_run(buffer, size, sequence, port, apply, &context);

        *changed |= context.changed;
        return r < 0 ? -errno : r > MNL_CB_STOP;
}
