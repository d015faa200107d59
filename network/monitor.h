/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Monitor: the kernel's events about links, and about the addresses that a pattern covers
 *
 * Open the monitor first and dump (dump.h) second, and nothing that happens in between is lost. The
 * dump uses a socket of its own, so that what the monitor still holds afterwards is as new as the
 * dump or newer.
 */

#include "network/network.h"

struct mnl_socket;

struct monitor {
        struct mnl_socket *socket;
        unsigned families; /* of addresses that are watched: ADDRESS_IPV6, ADDRESS_IPV4 */
};

/**
 * monitor_open() - watch addresses and links
 * @monitor:    zero; to be closed with monitor_close(), also on error
 * @patterns:   the addresses that matter
 * @n_patterns: how many
 *
 * Return: 0 or a negative errno, as netlink_open().
 */
int monitor_open(struct monitor *monitor, const struct pattern *patterns, size_t n_patterns);

/**
 * monitor_close() - stop watching
 */
void monitor_close(struct monitor *monitor);

/**
 * monitor_fd() - Return: the file descriptor to poll for input; it belongs to the monitor
 */
int monitor_fd(const struct monitor *monitor);

/**
 * monitor_read() - bring a network up to date with what has happened
 * @monitor:    the monitor; its events are read until nothing is left
 * @network:    the network
 *
 * Return: 1 if something that matters may have changed, 0 if not; -ENOBUFS if events were lost
 * and the network has to be dumped again; another negative errno.
 */
int monitor_read(struct monitor *monitor, struct network *network);
