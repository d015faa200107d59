/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Filter: events about addresses that no pattern covers stay in the kernel
 *
 * On a busy machine (containers, router advertisements) most events are about other addresses, and
 * each wakes the helper of each service that waits. With 1,000 other addresses that come and go,
 * one helper uses 3 ms of processor time with this BPF program on its socket (socket(7),
 * SO_ATTACH_FILTER), and 84 ms without; the goal is 20 ms (docs/helper-figures.md).
 * test_events_about_other_addresses_do_not_wake fails without it.
 */

#include "common/pattern.h"

#include <stddef.h>

/**
 * filter_attach() - pass only events about links, and about addresses that a pattern covers
 * @fd:         an rtnetlink socket
 * @patterns:   the patterns
 * @n_patterns: how many
 *
 * Return: 0 or a negative errno, -EINVAL for one where there are too many patterns for a program
 * (BPF_MAXINSNS). Without a filter all events pass, which is not wrong, but costs time.
 */
int filter_attach(int fd, const struct pattern *patterns, size_t n_patterns);
