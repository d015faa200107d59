/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Probe: ask bind() itself
 *
 * An address is ready when bind() to it would succeed, so bind() is asked first: three system calls
 * for each address, however many the machine has, and the same answer as the service will get,
 * whatever VRFs, sysctls and links that hold the address too there are. RTM_GETADDR for one address
 * takes about as long, but reports one link that holds it and not its VRF. bind() does not say why
 * it fails, and when to try again: monitor.h does.
 */

#include "common/pattern.h"

/**
 * probe() - whether bind() accepts a pattern
 * @pattern:    the pattern
 *
 * Return: 1 if it is ready; 0 if it may not be: bind() failed, or the pattern is an IPv6 prefix or
 * an address of global scope with an interface, which bind() ignores; -EAFNOSUPPORT where the
 * kernel has no such family; another negative errno if no socket can be opened.
 */
int probe(const struct pattern *pattern);

/**
 * probe_bound_index() - the link that new sockets of this process are bound to
 * @family:     ADDRESS_IPV6 or ADDRESS_IPV4; of the sockets, for which it is the same
 * @ret:        its index, or 0. In a VRF (ip-vrf(8)) a BPF program of the control group binds each
 *              socket to it.
 *
 * Return: 0, or a negative errno as probe().
 */
int probe_bound_index(unsigned family, unsigned *ret);
