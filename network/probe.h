/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Probe: ask bind() itself
 *
 * An address is ready when bind() to it would succeed, so the first question goes to bind(): three
 * system calls for each address, however many the machine has, and neither VRFs nor sysctls nor
 * two holders of one address can make the answer differ from what the service is about to see.
 * Asking for one address with RTM_GETADDR takes about as long, but it tells one holder only and
 * nothing of its VRF. What bind() cannot tell is why it refuses and when to ask again: that takes
 * monitor.h.
 */

#include "common/pattern.h"

/**
 * probe() - whether bind() takes a pattern
 * @pattern:    the pattern
 *
 * Return: 1 if it is ready. 0 says nothing: bind() refused, or the pattern is a prefix or an
 * address of global scope with an interface, of which bind() would not look at the latter.
 * -EAFNOSUPPORT where the kernel has no IPv6; another negative errno if there is no socket to ask.
 */
int probe(const struct pattern *pattern);

/**
 * probe_bound_index() - the link that new sockets of this process are bound to
 * @ret:        its index, or 0: a BPF program of the control group binds each socket to a VRF if
 *              the process was started in one (ip-vrf(8))
 *
 * Return: 0, or a negative errno as probe().
 */
int probe_bound_index(unsigned *ret);
