/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Netlink: rtnetlink(7) sockets, and what is received from them
 */

#include "network/network.h"

struct mnl_socket;

/* The kernel fills at most 32 KiB at a time, and more at once means fewer system calls. */
enum { NETLINK_BUFFER_SIZE = 32 * 1024 };

/**
 * netlink_open() - open a socket
 * @flags:      SOCK_NONBLOCK or 0
 * @ret:        the socket, to be closed with netlink_closep(); untouched on error
 *
 * Return: 0; a negative errno, -EAFNOSUPPORT for one where AF_NETLINK is refused
 * (RestrictAddressFamilies=, systemd.exec(5)).
 */
int netlink_open(int flags, struct mnl_socket **ret);

/**
 * netlink_closep() - close a socket, unless it is NULL
 */
void netlink_closep(struct mnl_socket **socket);

/**
 * netlink_apply() - bring a network up to date with messages
 * @buffer:     the messages, aligned to NLMSG_ALIGNTO
 * @size:       bytes
 * @sequence:   of the request that they answer; 0 for events
 * @port:       of the socket that sent the request; 0 for events
 * @network:    the network
 * @changed:    set if something that matters may have changed, untouched otherwise
 *
 * Return: 1 if more messages follow; 0 if the answer ends here; a negative errno.
 */
int netlink_apply(const void *buffer, size_t size, unsigned sequence, unsigned port,
                  struct network *network, bool *changed);
