/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Monitor: the kernel at the rim, over rtnetlink(7)
 *
 * Join the groups first, ask for the state second, and nothing that happens in between is lost.
 * The state is asked for on a socket of its own, so that what the event socket still holds
 * afterwards is as new as the state or newer.
 */

#include "network/network.h"

struct mnl_socket;

struct monitor {
        struct mnl_socket *events; /* links, and the addresses that a pattern covers (filter.h) */
        int nonlocal_bind_fd;      /* net.ipv6.ip_nonlocal_bind; or -1 */
};

/* The value of a monitor that is not open. */
#define MONITOR_NULL ((struct monitor){ .nonlocal_bind_fd = -1 })

/**
 * monitor_open() - watch addresses and links
 * @monitor:    MONITOR_NULL; to be closed with monitor_close(), also on error
 * @patterns:   the addresses that matter
 * @n_patterns: how many
 *
 * Return: 0; a negative errno, -EAFNOSUPPORT for one where AF_NETLINK is refused
 * (RestrictAddressFamilies=, systemd.exec(5)).
 */
int monitor_open(struct monitor *monitor, const struct pattern *patterns, size_t n_patterns);

/**
 * monitor_close() - stop watching
 */
void monitor_close(struct monitor *monitor);

/**
 * monitor_events_fd() - Return: the file descriptor to poll for input; it stays with the monitor
 */
int monitor_events_fd(const struct monitor *monitor);

/**
 * monitor_read() - bring a network up to date with what has happened
 * @monitor:    the monitor; its events are read until nothing is left
 * @network:    the network
 *
 * Return: 1 if something that matters may have changed, 0 if not; -ENOBUFS if events were lost
 * and the state has to be asked for again; another negative errno.
 */
int monitor_read(struct monitor *monitor, struct network *network);

/**
 * monitor_resync() - ask the kernel for the whole state
 * @monitor:    the monitor
 * @network:    the network; what it holds already stays
 *
 * Return: 0; -EINTR if the state changed meanwhile, so that something may be missing
 * (NLM_F_DUMP_INTR); another negative errno.
 */
int monitor_resync(struct monitor *monitor, struct network *network);
