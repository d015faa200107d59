/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Filter: have the kernel drop what no pattern is about
 *
 * On a busy machine (containers, router advertisements, a test that adds a thousand addresses)
 * most events are about other addresses, and each wakes the process up: that costs ten times what
 * it takes to look at one. A BPF program on the socket (socket(7), SO_ATTACH_FILTER) looks at them
 * where they arise.
 */

#include "common/pattern.h"

#include <stddef.h>

/**
 * filter_attach() - let through events about links, and about addresses that a pattern covers
 * @fd:         an rtnetlink socket
 * @patterns:   the patterns
 * @n_patterns: how many
 *
 * Return: 0 or a negative errno, -EINVAL for one where there are too many patterns for a program
 * (BPF_MAXINSNS). Without a filter all events come, which is not wrong, but costs time.
 */
int filter_attach(int fd, const struct pattern *patterns, size_t n_patterns);
